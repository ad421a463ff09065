namespace Lading.Oci;

/// <summary>The tag for referrers in a registry without the referrers API: <c>sha256-…</c> (distribution-spec 1.1, "Referrers Tag Schema").</summary>
internal static class ReferrersTag
{
    private const int MostHex = 64;

    public static Tag Of(Digest subject) =>
        Tag.Parse($"{subject.Algorithm.Name()}-{subject.Hex[..Math.Min(MostHex, subject.Hex.Length)]}");

    /// <summary>Whether a tag is one of these: it points to a list, never to an image.</summary>
    public static bool Is(Tag tag) =>
        tag.Name.Length == "sha256-".Length + MostHex
        && tag.Name.StartsWith("sha", StringComparison.Ordinal)
        && tag.Name[6] == '-'
        && tag.Name.Skip(7).All(char.IsAsciiHexDigitLower);
}
