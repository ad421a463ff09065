using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>One call that removes images from a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Images">The images, each removed whole.</param>
internal sealed record RemovalCall(StoredRepository Repository, IReadOnlyList<StoredImage> Images)
{
    /// <summary>The most references in one call of ECR.</summary>
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

    /// <summary>Whether all its tags can be named. ECR allows longer tags than others.</summary>
    public static bool CanName(StoredImage image) => image.Tags.All(tag => Tag.TryParse(tag, out _));

    /// <summary>The image that it belongs to: the subject of a bare referrer, otherwise itself.</summary>
    public static Dictionary<Digest, Digest> HeadsOf(IReadOnlyList<StoredImage> ordered)
    {
        var subjects = ordered
            .Where(image => image.Tags.Count == 0 && image.Subject is not null)
            .ToDictionary(image => image.Digest, image => image.Subject!.Value);
        var there = ordered.Select(image => image.Digest).ToHashSet();
        return ordered.ToDictionary(image => image.Digest, image => HeadOf(image.Digest));

        Digest HeadOf(Digest digest)
        {
            while (subjects.TryGetValue(digest, out var subject) && there.Contains(subject))
            {
                digest = subject;
            }

            return digest;
        }
    }
}
