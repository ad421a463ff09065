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
    public static IReadOnlyList<RemovedReference> ReferencesOf(StoredImage image) =>
        image.Tags.Count == 0
            ? [new RemovedReference(image.Digest)]
            :
            [
                .. image
                    .Tags.OrderBy(tag => DeletionMark.Find(tag) is null ? 0 : 1)
                    .Select(tag => new RemovedReference(image.Digest, Tag.Parse(tag))),
            ];

    /// <summary>Whether all of its tags can be named. ECR lets tags be longer than others do.</summary>
    public static bool CanName(StoredImage image) => image.Tags.All(tag => Tag.TryParse(tag, out _));

    /// <summary>The image that each one goes with: the subject of a bare referrer, else itself.</summary>
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
