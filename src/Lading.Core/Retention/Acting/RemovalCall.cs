using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>One call that removes images from a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Images">The images, each removed with all its tags.</param>
internal sealed record RemovalCall(StoredRepository Repository, IReadOnlyList<StoredImage> Images)
{
    /// <summary>The maximum number of references in one call to ECR.</summary>
    public const int Most = 100;

    /// <summary>
    /// The references of an image in the order of their removal: its tags, the mark last, so that a tag added meanwhile keeps it; or
    /// its digest if it is untagged.
    /// </summary>
    public static IReadOnlyList<RemovedReference> ReferencesOf(StoredImage image) =>
        image.Tags.Count == 0
            ? [new RemovedReference(image.Digest)]
            :
            [
                .. image
                    .Tags.OrderBy(tag => DeletionMark.Find(tag) is null ? 0 : 1)
                    .Select(tag => new RemovedReference(image.Digest, Tag.Parse(tag))),
            ];

    /// <summary>
    /// Whether all tags of an image are valid, so that a call can name them: ECR allows tags longer than 128
    /// characters.
    /// </summary>
    public static bool CanName(StoredImage image) => image.Tags.All(tag => Tag.TryParse(tag, out _));

    /// <summary>
    /// The image that each image is removed with: the subject of an untagged referrer, otherwise the image itself.
    /// </summary>
    public static Dictionary<Digest, Digest> HeadsOf(IReadOnlyList<StoredImage> ordered)
    {
        var subjects = ordered
            .Where(image => image.Tags.Count == 0 && image.Subject is not null)
            .ToDictionary(image => image.Digest, image => image.Subject!.Value);
        var digests = ordered.Select(image => image.Digest).ToHashSet();
        return ordered.ToDictionary(image => image.Digest, image => HeadOf(image.Digest));

        Digest HeadOf(Digest digest)
        {
            while (subjects.TryGetValue(digest, out var subject) && digests.Contains(subject))
            {
                digest = subject;
            }

            return digest;
        }
    }
}
