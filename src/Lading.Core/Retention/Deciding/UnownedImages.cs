using Lading.Fingerprints;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Shipping;

namespace Lading.Retention.Deciding;

/// <summary>Keeps every image that Lading did not publish, unless the policy includes its repository.</summary>
internal static class UnownedImages
{
    private const int SourceDigits = 40;

    private static readonly KeepReason OfOthers = new(
        KeepRule.Unowned,
        "not Lading's: lading.json has no image in this repository"
    );

    private static readonly KeepReason Unpublished = new(
        KeepRule.Unowned,
        "not Lading's: it has no src- tag, and no image with one needs it"
    );

    public static void Keep(RetainedImages kept, int graph, RetentionPolicy policy)
    {
        var images = kept.GraphAt(graph);
        if (
            policy.Others.Any(other =>
                TagFilter.Matches(other, images.Repository.Name.Value)
                || TagFilter.Matches(other, images.Repository.ToString())
            )
        )
        {
            return;
        }

        var isOwned = images.Repository.IsOfProject ? OwnedOf(images) : new bool[images.Count];
        var reason = images.Repository.IsOfProject ? Unpublished : OfOthers;
        for (var i = 0; i < images.Count; i++)
        {
            if (isOwned[i])
            {
                continue;
            }

            // A deletion log is Lading's own, and kept by its tag.
            if (!images[i].Tags.Any(IsLog))
            {
                kept.Keep(new(graph, i), reason, isNamed: false);
            }

            foreach (var subject in images.SubjectsOf(i))
            {
                // A registry may delete referrers together with their subject.
                kept.Keep(
                    new(graph, subject),
                    new KeepReason(KeepRule.Graph, $"what {images[i].Digest.Short} is about, which is not Lading's"),
                    isNamed: false
                );
            }
        }
    }

    /// <summary>Images with Lading's tags, and their children and referrers without other tags.</summary>
    private static bool[] OwnedOf(ImageGraph images)
    {
        var isOwned = new bool[images.Count];
        var pending = new Stack<int>();
        for (var i = 0; i < images.Count; i++)
        {
            if (IsPublished(images[i]))
            {
                isOwned[i] = true;
                pending.Push(i);
            }
        }

        while (pending.TryPop(out var image))
        {
            foreach (var follower in images.ChildrenOf(image).Concat(images.ReferrersOf(image)))
            {
                if (!isOwned[follower] && !images[follower].Tags.Any(IsOfOthers))
                {
                    isOwned[follower] = true;
                    pending.Push(follower);
                }
            }
        }

        return isOwned;
    }

    /// <summary>Published by Lading, or marked by it and without other tags: a child whose index was deleted before it.</summary>
    private static bool IsPublished(StoredImage image) =>
        image.Tags.Any(IsSourceTag)
        || (image.Tags.Any(tag => IsMark(tag, image.Digest)) && !image.Tags.Any(IsOfOthers));

    private static bool IsOfOthers(string tag) =>
        !IsSourceTag(tag) && !IsRevisionTag(tag) && !IsAnyMark(tag) && !SubjectTag.Is(tag);

    private static bool IsSourceTag(string tag) =>
        tag.StartsWith(Fingerprint.SourceTagPrefix, StringComparison.Ordinal)
        && tag.Length >= Fingerprint.SourceTagPrefix.Length + SourceDigits
        && !tag.AsSpan(Fingerprint.SourceTagPrefix.Length, SourceDigits).ContainsAnyExcept(Digest.HexDigits);

    private static bool IsRevisionTag(string tag) =>
        Tag.TryParse(tag, out var parsed) && RevisionTag.RevisionOf(parsed) is not null;

    private static bool IsLog(string tag) => tag.StartsWith(DeletionMark.AuditPrefix, StringComparison.Ordinal);

    private static bool IsAnyMark(string tag) => DeletionMark.Find(tag) is not null;

    private static bool IsMark(string tag, Digest digest) =>
        DeletionMark.Find(tag) is { } mark && mark.Hex == digest.Short;
}
