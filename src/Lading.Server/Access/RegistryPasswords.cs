using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lading.Server.Access;

/// <summary>The passwords of the user <c>AWS</c> that ecr:GetAuthorizationToken gives: until when they hold, and a proof that they were given.</summary>
/// <param name="key">What the proof is made with; every server with the same one takes the other's.</param>
internal sealed class RegistryPasswords(byte[] key)
{
    public string Issue(DateTimeOffset expiry)
    {
        var until = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{until}.{ProofOf(until)}";
    }

    /// <summary>Whether it was issued, and still holds.</summary>
    public bool Holds(string password, DateTimeOffset now) =>
        password.Split('.') is [var until, var proof]
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(proof),
            Encoding.UTF8.GetBytes(ProofOf(until))
        )
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && now.ToUnixTimeSeconds() < seconds;

    private string ProofOf(string until) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"lading-ecr-login:{until}")));
}
