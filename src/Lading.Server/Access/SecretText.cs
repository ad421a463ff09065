using System.Security.Cryptography;
using System.Text;

namespace Lading.Server.Access;

/// <summary>Compares secrets such that the time it takes tells nothing of them.</summary>
internal static class SecretText
{
    public static bool Equal(string given, string right) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(right))
        );
}
