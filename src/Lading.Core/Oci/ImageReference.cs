using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Lading.Oci;

/// <summary>
/// A reference to an image in a registry: <c>host/repository</c>, then <c>:tag</c>, <c>@digest</c>, or both. As Docker reads
/// it: the first part is a host where it has a dot or a colon or is <c>localhost</c>; without a host it is Docker Hub, and
/// there a name without a folder is in <c>library/</c>.
/// </summary>
/// <param name="Host">With its port, if any: <c>docker.io</c>, <c>localhost:5000</c>, <c>[::1]:5000</c>.</param>
/// <param name="Repository">Within the host.</param>
/// <param name="Tag">Null where none is written.</param>
/// <param name="Digest">Null where none is written. With both, the digest decides.</param>
internal sealed partial record ImageReference(string Host, RepositoryName Repository, Tag? Tag, Digest? Digest)
{
    /// <summary>What images without a host are pulled from.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>What names the manifest: the digest, else the tag, else <c>latest</c>.</summary>
    public ManifestReference Manifest => Digest is { } digest ? digest : Tag ?? Oci.Tag.Parse("latest");

    /// <exception cref="FormatException">The text is no reference.</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference)
            ? reference
            : throw new FormatException($"'{text}' is no image reference: expected [host/]repository[:tag][@digest].");

    public static bool TryParse(
        string? text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ImageReference? reference
    )
    {
        reference = null;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var rest = text;
        Digest? digest = null;
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            if (!Oci.Digest.TryParse(rest[(at + 1)..], out var parsed))
            {
                return false;
            }

            (digest, rest) = (parsed, rest[..at]);
        }

        var (host, path) = SplitHost(rest);
        Tag? tag = null;
        var colon = path.LastIndexOf(':');
        if (colon >= 0)
        {
            if (!Oci.Tag.TryParse(path[(colon + 1)..], out var parsed))
            {
                return false;
            }

            (tag, path) = (parsed, path[..colon]);
        }

        if (host is null or "index.docker.io" or "registry-1.docker.io")
        {
            host = DockerHub;
        }

        if (host == DockerHub && !path.Contains('/', StringComparison.Ordinal))
        {
            path = "library/" + path;
        }

        if (!IsHost(host) || !RepositoryName.TryParse(path, out var repository))
        {
            return false;
        }

        reference = new ImageReference(host, repository, tag, digest);
        return true;
    }

    /// <summary>The whole reference, host included.</summary>
    public override string ToString() =>
        $"{Host}/{Repository}{(Tag is { } tag ? $":{tag}" : "")}{(Digest is { } digest ? $"@{digest}" : "")}";

    private static (string? Host, string Path) SplitHost(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return (null, text);
        }

        var first = text[..slash];
        return
            first.Contains('.', StringComparison.Ordinal)
            || first.Contains(':', StringComparison.Ordinal)
            || first == "localhost"
            || first.Any(char.IsAsciiLetterUpper)
            ? (first, text[(slash + 1)..])
            : (null, text);
    }

    /// <summary>Whether a text is a host with an optional port.</summary>
    public static bool IsHost(string text)
    {
        var match = HostPattern().Match(text);
        return match.Success
            && (
                !match.Groups["port"].Success
                || int.Parse(match.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture)
                    is > 0
                        and < 65536
            )
            && (
                !match.Groups["v6"].Success
                || (
                    IPAddress.TryParse(match.Groups["v6"].Value, out var address)
                    && address.AddressFamily == AddressFamily.InterNetworkV6
                )
            );
    }

    [GeneratedRegex(
        @"^(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::(?<port>[0-9]{1,5}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex HostPattern();
}
