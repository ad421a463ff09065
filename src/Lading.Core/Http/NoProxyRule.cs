using System.Globalization;
using System.Net;

namespace Lading.Http;

/// <summary>
/// An entry of <c>NO_PROXY</c>, by the rules of Go's <c>golang.org/x/net/http/httpproxy</c>, which Docker, containerd and most related
/// tools follow.
/// </summary>
internal abstract record NoProxyRule
{
    /// <summary>Parses the whole list; meaningless entries are ignored.</summary>
    public static IReadOnlyList<NoProxyRule> ParseAll(string? list) =>
        [.. (list ?? "").Split(',').Select(entry => Parse(entry.Trim().ToLowerInvariant())).OfType<NoProxyRule>()];

    /// <summary>Whether a host is reached without a proxy.</summary>
    /// <param name="host">The name or address, in lower case, without brackets.</param>
    /// <param name="port">The port; the scheme's default if none was given.</param>
    public abstract bool Covers(string host, int port);

    /// <summary>An address by Go's rules: four numbers, or IPv6; null for anything else.</summary>
    internal static IPAddress? AddressOf(string text) =>
        (text.Contains(':', StringComparison.Ordinal) || text.Split('.').Length == 4)
        && IPAddress.TryParse(text, out var address)
            ? address.IsIPv4MappedToIPv6
                ? address.MapToIPv4()
                : address
            : null;

    private static NoProxyRule? Parse(string entry)
    {
        if (entry == "*")
        {
            return new Everything();
        }

        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (
            slash >= 0
            && AddressOf(entry[..slash]) is { } network
            && int.TryParse(entry[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= network.GetAddressBytes().Length * 8
        )
        {
            return new Network(network, bits);
        }

        var (host, port) = Split(entry);
        if (host.Length == 0)
        {
            return null;
        }

        if (AddressOf(host) is { } address)
        {
            return new Address(address, port);
        }

        var suffix = host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host;
        return suffix[0] == '.'
            ? new Domain(Ascii(suffix[1..]), port, CoversItself: false)
            : new Domain(Ascii(suffix), port, CoversItself: true);
    }

    /// <summary><c>host:port</c>, <c>[address]:port</c>, or either without a port.</summary>
    private static (string Host, string Port) Split(string entry)
    {
        var bracket = entry.IndexOf(']', StringComparison.Ordinal);
        if (entry.StartsWith('[') && bracket > 0)
        {
            return (entry[1..bracket], entry[(bracket + 1)..].TrimStart(':'));
        }

        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || colon != entry.LastIndexOf(':') ? (entry, "") : (entry[..colon], entry[(colon + 1)..]);
    }

    private static string Ascii(string host)
    {
        try
        {
            return new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    private static bool MatchesPort(string wanted, int port) =>
        wanted.Length == 0 || wanted == port.ToString(CultureInfo.InvariantCulture);

    private sealed record Everything : NoProxyRule
    {
        public override bool Covers(string host, int port) => true;
    }

    private sealed record Address(IPAddress Wanted, string Port) : NoProxyRule
    {
        public override bool Covers(string host, int port) => Wanted.Equals(AddressOf(host)) && MatchesPort(Port, port);
    }

    private sealed record Network(IPAddress Wanted, int Bits) : NoProxyRule
    {
        public override bool Covers(string host, int port)
        {
            var (wanted, found) = (Wanted.GetAddressBytes(), AddressOf(host)?.GetAddressBytes());
            if (found?.Length != wanted.Length)
            {
                return false;
            }

            for (var bit = 0; bit < Bits; bit++)
            {
                var mask = 0x80 >> (bit % 8);
                if ((wanted[bit / 8] & mask) != (found[bit / 8] & mask))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private sealed record Domain(string Name, string Port, bool CoversItself) : NoProxyRule
    {
        public override bool Covers(string host, int port) =>
            (host.EndsWith("." + Name, StringComparison.Ordinal) || (CoversItself && host == Name))
            && MatchesPort(Port, port);
    }
}
