using Lading.Oci;
using Lading.Retention.Acting;

namespace Lading.Cli.Output;

/// <summary>The question before images are marked or deleted.</summary>
internal static class PruneConfirmation
{
    /// <summary>The question; null if no image is to be marked or deleted.</summary>
    public static string? Of(MarkingPlan marking, PruneRequest request)
    {
        var marked = marking.Repositories.Sum(each => each.ToMark.Count);
        var deleted = marking.Repositories.Sum(each => each.ToDelete.Count);
        var followers = marking.Repositories.Sum(FollowersOfMarked);
        var them = followers == 0 ? "" : $" ({Following(followers)})";
        var verb = request.Archives ? "archive" : "delete";
        return (marked, deleted) switch
        {
            (0, 0) => null,
            (_, 0) => $"Mark {Words.Images(marked)} of {request.Environment} for deletion{them}?",
            (0, _) => $"{char.ToUpperInvariant(verb[0])}{verb[1..]} {Words.Images(deleted)} of {request.Environment}?",
            _ =>
                $"{char.ToUpperInvariant(verb[0])}{verb[1..]} {Words.Images(deleted)} of {request.Environment}, and mark {Words.Images(marked)}{them}?",
        };
    }

    private static int FollowersOfMarked(RepositoryMarking marking)
    {
        var marked = marking.ToMark.Select(image => (Digest?)image.Digest).ToHashSet();
        return marking.Followers.Count(follower => marked.Contains(follower.Subject));
    }

    /// <summary>What gets no mark of its own.</summary>
    /// <param name="count">At least one.</param>
    public static string Following(int count) =>
        count == 1 ? "1 more goes with its subject" : $"{count} more go with their subjects";
}
