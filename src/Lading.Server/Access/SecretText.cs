using System.Security.Cryptography;
using System.Text;

namespace Lading.Server.Access;

/// <summary>Compares secrets in constant time.</summary>
internal static class SecretText
{
    public static bool Equal(string given, string right) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(right))
        );
}
