using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lading.Server.Access;

/// <summary>
/// Passwords and URLs with an expiration, which the registry does not store: each has its expiration and a signature. Servers with the
/// same key accept each other's.
/// </summary>
/// <param name="logins">
/// Their key signs; it is computed on first use, so that an unused registry needs no cryptography.
/// </param>
internal sealed class RegistryPasswords(RegistryLogins logins)
{
    private readonly Lazy<byte[]> key = new(logins.Key);

    /// <summary>Issues a text that is valid for one purpose, until a given time.</summary>
    public string Issue(string purpose, DateTimeOffset expiry)
    {
        var until = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{until}.{ProofOf(purpose, until)}";
    }

    /// <summary>Whether a text was issued for a purpose, and is still valid.</summary>
    public bool Holds(string purpose, string text, DateTimeOffset now) =>
        text.Split('.') is [var until, var proof]
        && SecretText.Equal(proof, ProofOf(purpose, until))
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && now.ToUnixTimeSeconds() < seconds;

    private string ProofOf(string purpose, string until) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"{until}:{purpose}")));
}
