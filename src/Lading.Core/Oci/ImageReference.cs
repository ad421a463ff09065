using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Lading.Oci;

/// <summary>
/// A reference to an image in a registry: <c>host/repository</c>, then <c>:tag</c>, <c>@digest</c>, or both. By Docker's rules: the
/// first part is a host if it has a dot, a colon or a capital letter, or is <c>localhost</c>; without a host it is Docker Hub, and
/// there a name without a slash is in <c>library/</c>.
/// </summary>
/// <param name="Host">With its port, if any: <c>docker.io</c>, <c>localhost:5000</c>, <c>[::1]:5000</c>. In lower case, unless a capital letter is what makes it a host.</param>
/// <param name="Repository">Within the host.</param>
/// <param name="Tag">Null if there is none.</param>
/// <param name="Digest">Null if there is none. It takes precedence over a tag.</param>
internal sealed partial record ImageReference(string Host, RepositoryName Repository, Tag? Tag, Digest? Digest)
{
    /// <summary>The default registry.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>What identifies the manifest: the digest, otherwise the tag, otherwise <c>latest</c>.</summary>
    public ManifestReference Manifest => Digest is { } digest ? digest : Tag ?? Oci.Tag.Parse("latest");

    /// <exception cref="FormatException">The text is not a reference; the message says why.</exception>
    public static ImageReference Parse(string text)
    {
        var (reference, problem) = Read(text);
        return reference ?? throw new FormatException($"'{text}' is not an image reference: {problem}.");
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = text is null ? null : Read(text).Reference;
        return reference is not null;
    }

    /// <summary>The whole reference, host included.</summary>
    public override string ToString() =>
        $"{Host}/{Repository}{(Tag is { } tag ? $":{tag}" : "")}{(Digest is { } digest ? $"@{digest}" : "")}";

    /// <summary>Whether a text is a host with an optional port.</summary>
    public static bool IsHost(string text)
    {
        var match = HostPattern().Match(text);
        return match.Success && IsPort(match.Groups["port"]) && IsAddress(match.Groups["v6"]);

        static bool IsPort(Group port) =>
            !port.Success || int.Parse(port.Value, CultureInfo.InvariantCulture) is > 0 and < 65536;

        static bool IsAddress(Group v6) =>
            !v6.Success
            || (IPAddress.TryParse(v6.Value, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6);
    }

    private static (ImageReference? Reference, string Problem) Read(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            return (null, "it begins like an address; leave out everything before the host");
        }

        var rest = text;
        Digest? digest = null;
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            if (!Oci.Digest.TryParse(rest[(at + 1)..], out var parsed))
            {
                return (
                    null,
                    "what follows '@' is not a digest: sha256: and 64, or sha512: and 128 lower-case hex digits"
                );
            }

            (digest, rest) = (parsed, rest[..at]);
        }

        if (Oci.Digest.TryParse(rest, out _) || IdPattern().IsMatch(rest))
        {
            return (null, "this is the id of an image, without the repository that has it");
        }

        var (host, path) = SplitHost(rest);
        Tag? tag = null;
        var colon = path.LastIndexOf(':');
        if (colon >= 0)
        {
            if (!Oci.Tag.TryParse(path[(colon + 1)..], out var parsed))
            {
                return (null, $"'{path[(colon + 1)..]}' is not a tag");
            }

            (tag, path) = (parsed, path[..colon]);
        }

        if (!IsHost(host))
        {
            return (null, $"'{host}' is not a host");
        }

        host = host is "index.docker.io" or "registry-1.docker.io" ? DockerHub : host;
        if (host == DockerHub && !path.Contains('/', StringComparison.Ordinal))
        {
            path = "library/" + path;
        }

        return RepositoryName.TryParse(path, out var repository)
            ? (new ImageReference(host, repository, tag, digest), "")
            : (null, WhyNoRepository(path));
    }

    private static string WhyNoRepository(string path) =>
        path.Any(char.IsAsciiLetterUpper) && RepositoryName.TryParse(path.ToLowerInvariant(), out _)
            ? "the names of repositories are in lower case"
            : "expected [host/]repository[:tag][@digest]";

    private static (string Host, string Path) SplitHost(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : text[..slash];
        return first == "localhost" || first.Any(c => c is '.' or ':') ? (first.ToLowerInvariant(), text[(slash + 1)..])
            : first.Any(char.IsAsciiLetterUpper) ? (first, text[(slash + 1)..])
            : (DockerHub, text);
    }

    [GeneratedRegex(
        @"^(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::(?<port>[0-9]{1,5}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex HostPattern();

    // For Docker, 64 hex digits are the id of a local image, never a name.
    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex IdPattern();
}
