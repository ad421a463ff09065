using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>
/// Finds marked images that have come into use since. A pull on the day of the mark is not evidence: marking an image
/// reads its manifest, which ECR counts as a pull. Such a pull keeps the image for a while, and its mark stays.
/// </summary>
internal static class RevivedImages
{
    /// <summary>Returns the marked images of a repository that have come into use.</summary>
    public static IReadOnlyList<StoredImage> Of(RepositoryPlan plan)
    {
        var marked = plan
            .Images.Where(decision => decision.CameIntoUse && SinceOf(decision.Image) is not null)
            .Select(decision => decision.Image)
            .ToList();
        if (marked.Count == 0)
        {
            return marked;
        }

        var needed = plan.Images.Where(IsInUse).Select(decision => decision.Image.Digest).ToHashSet();
        Spread(plan, needed);
        return [.. marked.Where(image => needed.Contains(image.Digest))];
    }

    private static bool IsInUse(ImageDecision decision) =>
        decision.Reasons.Any(reason =>
            reason.Rule switch
            {
                KeepRule.Use or KeepRule.Promotion or KeepRule.Tag or KeepRule.Recent => true,
                KeepRule.Pulled => !IsByMarking(decision.Image),
                _ => false,
            }
        );

    private static bool IsByMarking(StoredImage image) =>
        image.PulledAt is { } pulled
        && SinceOf(image) is { } since
        // A run that marks images may last past midnight.
        && UtcDay.Of(pulled) <= since.AddDays(1);

    /// <summary>
    /// Adds the images that images in use need: an index and its children need each other; a referrer is needed with
    /// its subject.
    /// </summary>
    private static void Spread(RepositoryPlan plan, HashSet<Digest> needed)
    {
        var edges = plan
            .Images.SelectMany(decision => EdgesOf(decision.Image))
            .ToLookup(edge => edge.From, edge => edge.To);
        var waiting = new Stack<Digest>(needed);
        while (waiting.TryPop(out var digest))
        {
            foreach (var next in edges[digest].Where(needed.Add))
            {
                waiting.Push(next);
            }
        }
    }

    private static IEnumerable<(Digest From, Digest To)> EdgesOf(StoredImage image)
    {
        foreach (var child in image.Children ?? [])
        {
            yield return (image.Digest, child.Digest);
            yield return (child.Digest, image.Digest);
        }

        foreach (var subject in MarkingPlan.SubjectsOf(image))
        {
            yield return (subject, image.Digest);
        }
    }

    private static DateOnly? SinceOf(StoredImage image) => DeletionMark.MarkedSince(image.Digest, image.Tags);
}
