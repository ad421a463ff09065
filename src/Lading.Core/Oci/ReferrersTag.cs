namespace Lading.Oci;

/// <summary>The tag under which a registry without the referrers interface keeps them: <c>sha256-…</c> (distribution-spec 1.1, "Referrers Tag Schema").</summary>
internal static class ReferrersTag
{
    private const int MostHex = 64;

    public static Tag Of(Digest subject) =>
        Tag.Parse($"{subject.Algorithm.Name()}-{subject.Hex[..Math.Min(MostHex, subject.Hex.Length)]}");
}
