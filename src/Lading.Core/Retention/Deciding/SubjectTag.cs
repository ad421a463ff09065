using Lading.Oci;

namespace Lading.Retention.Deciding;

/// <summary>
/// A tag that contains the digest of its image's subject: cosign's <c>sha256-….sig</c>, <c>.att</c> and <c>.sbom</c>, and the list of
/// referrers <c>sha256-…</c> (distribution-spec 1.1, "Referrers Tag Schema").
/// </summary>
internal static class SubjectTag
{
    private const int HexStart = 7;
    private const int HexLength = 64;

    /// <summary>Whether a tag has that form.</summary>
    public static bool Is(string tag) =>
        tag.Length >= HexStart + HexLength
        && tag.StartsWith("sha", StringComparison.Ordinal)
        && tag[HexStart - 1] == '-'
        && (tag.Length == HexStart + HexLength || tag[HexStart + HexLength] == '.')
        && tag.AsSpan(3, 3) is "256" or "512";

    /// <summary>Parses the digest in a tag.</summary>
    /// <param name="tag">A tag.</param>
    /// <param name="longDigests">Digests that are too long for a tag, by their <see cref="ReferrersTag"/>.</param>
    /// <param name="subject">The digest.</param>
    public static bool TryParse(string tag, Lazy<Dictionary<string, Digest>> longDigests, out Digest subject)
    {
        subject = default;
        if (!Is(tag))
        {
            return false;
        }

        return tag.StartsWith("sha256-", StringComparison.Ordinal)
            ? Digest.TryParse($"sha256:{tag.AsSpan(HexStart, HexLength)}", out subject)
            : longDigests.Value.TryGetValue(tag[..(HexStart + HexLength)], out subject);
    }
}
