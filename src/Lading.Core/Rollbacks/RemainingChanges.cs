using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Changes of a stack since a release, other than its images, that a rollback does not undo.</summary>
internal static class RemainingChanges
{
    /// <summary>The last event of each changed resource, ordered by name.</summary>
    /// <param name="release">The release.</param>
    /// <param name="releases">All releases of the stack. Changes of an update that was rolled back do not count.</param>
    /// <param name="history">The stack's history, with its events.</param>
    public static IReadOnlyList<StackEvent> Since(
        Release release,
        IReadOnlyList<Release> releases,
        HistoryEvidence history
    )
    {
        var undone = releases.Where(each => each.Outcome == ReleaseOutcome.RolledBack).ToList();
        return
        [
            .. history
                .Events.GroupBy(each => each.LogicalId, StringComparer.Ordinal)
                // Nested stacks of one class have the same logical ids.
                .Concat(
                    history
                        .NestedEvents.Where(each => each.LogicalId != ArnName.StackOf(each.PhysicalId))
                        .GroupBy(each => each.PhysicalId, StringComparer.Ordinal)
                )
                .Select(group =>
                    group
                        .Where(each =>
                            IsSince(each, release)
                            && !IsOwn(each)
                            && !undone.Exists(other => each.At >= other.When && each.At <= other.EndedAt)
                        )
                        .MaxBy(each => each.At)
                )
                .OfType<StackEvent>()
                .Where(each => each.PhysicalId != history.StackId)
                .OrderBy(each => each.LogicalId, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether events reach back that far (90 days).</summary>
    public static bool AreKnown(Release release, HistoryEvidence history) =>
        history.ReadAt - (release.EndedAt ?? release.When) < TimeSpan.FromDays(90);

    private static bool IsSince(StackEvent each, Release release) =>
        each.At > (release.EndedAt ?? release.When) + ReleaseMerge.Skew
        && each.Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "DELETE_COMPLETE";

    private static bool IsOwn(StackEvent each) =>
        each.Type is Workloads.TaskDefinition or Workloads.Service or "AWS::CDK::Metadata"
        // The updated resources of a nested stack have events of their own.
        || (each.Type == Workloads.Nested && each.Status == "UPDATE_COMPLETE")
        || (each.Type == "AWS::SSM::Parameter" && each.PhysicalId.StartsWith("/lading/", StringComparison.Ordinal));
}
