using System.Text;
using System.Text.Json;

namespace Lading.Registry.Credentials;

/// <summary>An entry of <c>auths</c> in Docker's configuration.</summary>
internal static class LoginEntry
{
    /// <summary>Null if it has no login, like the entries that a credential store leaves.</summary>
    public static RegistryLogin? Read(JsonElement entry)
    {
        var (user, password) = Decoded(entry.FindText("auth"));
        var login = new RegistryLogin
        {
            User = user ?? entry.FindText("username") ?? "",
            Password = password ?? entry.FindText("password") ?? "",
            IdentityToken = entry.FindText("identitytoken") is { Length: > 0 } token ? token : null,
        };
        return login.User.Length == 0 && login.IdentityToken is null ? null : login;
    }

    /// <summary><c>user:password</c> in base64; a password may contain colons.</summary>
    private static (string? User, string? Password) Decoded(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        if (string.IsNullOrEmpty(text) || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            return default;
        }

        var decoded = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0');
        var colon = decoded.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? default : (decoded[..colon], decoded[(colon + 1)..]);
    }
}
