using System.Net;

namespace Lading.Http;

/// <summary>A proxy.</summary>
/// <param name="Address">Its address, without the login.</param>
/// <param name="Origin">The variable that defines it, such as <c>HTTPS_PROXY</c>, or the system's settings.</param>
/// <param name="Login">The login in its address; null for none.</param>
internal sealed record ProxyServer(Uri Address, string Origin, NetworkCredential? Login)
{
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>Parses the value of a variable: an address, or a host and port without a scheme.</summary>
    /// <exception cref="LadingException">It is not a valid proxy.</exception>
    public static ProxyServer Parse(string text, string origin)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        // In .NET's SOCKS 5 the proxy resolves host names anyway, which curl calls socks5h.
        whole = whole.StartsWith("socks5h:", StringComparison.OrdinalIgnoreCase) ? $"socks5:{whole[8..]}" : whole;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var address) || !Schemes.Contains(address.Scheme))
        {
            // The value may contain a password: none of it is repeated.
            throw LadingException.Usage(
                $"Could not use the proxy that {origin} names",
                "its value is not the address of a proxy",
                "Write it as http://host:port, https://host:port or socks5://host:port; unset it where no proxy is needed."
            );
        }

        var bare = new UriBuilder(address.Scheme, address.Host, PortOf(address)).Uri;
        return new ProxyServer(bare, origin, LoginOf(address.UserInfo));
    }

    /// <summary>For messages: <c>http://proxy.example:3128 (HTTPS_PROXY)</c>.</summary>
    public override string ToString() => $"{Address.Scheme}://{Address.Host}:{Address.Port} ({Origin})";

    private static int PortOf(Uri address) =>
        address.Port >= 0 ? address.Port
        : address.Scheme.StartsWith("socks", StringComparison.Ordinal) ? 1080
        : 80;

    private static NetworkCredential? LoginOf(string user)
    {
        if (user.Length == 0)
        {
            return null;
        }

        var colon = user.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new NetworkCredential(Uri.UnescapeDataString(user), "")
            : new NetworkCredential(Uri.UnescapeDataString(user[..colon]), Uri.UnescapeDataString(user[(colon + 1)..]));
    }
}
