using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lading.Server.Access;

/// <summary>
/// What the registry gives away for a time, without keeping it: until when it holds, and a proof that it was given. Servers
/// with the same key take each other's.
/// </summary>
/// <param name="logins">Whose key proofs are made with, from the first one on: a registry that nobody has used yet has no need of cryptography.</param>
internal sealed class RegistryPasswords(RegistryLogins logins)
{
    private readonly Lazy<byte[]> key = new(logins.Key);

    /// <summary>A text that holds until a time, for one purpose.</summary>
    public string Issue(string purpose, DateTimeOffset expiry)
    {
        var until = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{until}.{ProofOf(purpose, until)}";
    }

    /// <summary>Whether a text was given for a purpose, and still holds.</summary>
    public bool Holds(string purpose, string text, DateTimeOffset now) =>
        text.Split('.') is [var until, var proof]
        && SecretText.Equal(proof, ProofOf(purpose, until))
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && now.ToUnixTimeSeconds() < seconds;

    private string ProofOf(string purpose, string until) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"{until}:{purpose}")));
}
