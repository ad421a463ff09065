using Lading.Fingerprints;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Retention.Gathering;

/// <summary>An image that a commit needs, by a possible tag.</summary>
/// <param name="Repository">Its repository, in any registry.</param>
/// <param name="Tag">One of its source tags.</param>
/// <param name="HeldAt">The revision it is held back at, shortened for messages; null if it is not held back.</param>
internal sealed record NeededImage(RepositoryName Repository, Tag Tag, string? HeldAt)
{
    private const int ShortLength = 7;

    /// <summary>An image under each possible tag: its own, that of older rules, and those of its platforms.</summary>
    public static IEnumerable<NeededImage> Of(ImageIdentity image)
    {
        var repository = image.Definition.Repository;
        var heldAt = image.Hold is { } hold ? ShortOf(hold.Revision) : null;
        foreach (var fingerprint in new[] { image.Fingerprint, image.Earlier }.OfType<Fingerprint>())
        {
            yield return new NeededImage(repository, fingerprint.SourceTag, heldAt);
        }

        foreach (var platform in PlatformScope.IsJoined(image) ? image.Definition.Platforms : [])
        {
            yield return new NeededImage(repository, PlatformPart.TagOf(image.Fingerprint, platform), heldAt);
        }
    }

    /// <summary>A revision, shortened as git does.</summary>
    private static string ShortOf(string revision) => revision[..Math.Min(ShortLength, revision.Length)];
}
