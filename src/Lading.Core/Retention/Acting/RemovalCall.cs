using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>One call that removes images of a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Images">What it removes, whole.</param>
internal sealed record RemovalCall(StoredRepository Repository, IReadOnlyList<StoredImage> Images)
{
    /// <summary>The most references that ECR takes at once.</summary>
    public const int Most = 100;

    /// <summary>
    /// The references of an image, in the order in which they are removed: its tags, the mark last, so that a tag that was put
    /// meanwhile keeps it; or its digest if it is untagged.
    /// </summary>
    public static IReadOnlyList<ManifestReference> ReferencesOf(StoredImage image) =>
        image.Tags.Count == 0
            ? [image.Digest]
            :
            [
                .. image
                    .Tags.OrderBy(tag => DeletionMark.Find(tag) is null ? 0 : 1)
                    .Select(tag => (ManifestReference)Tag.Parse(tag)),
            ];

    /// <summary>Whether all of its tags can be named. ECR lets tags be longer than others do.</summary>
    public static bool CanName(StoredImage image) => image.Tags.All(tag => Tag.TryParse(tag, out _));
}
