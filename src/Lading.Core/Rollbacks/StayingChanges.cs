using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Changes of a stack since a release other than its images, which a rollback does not undo.</summary>
internal static class StayingChanges
{
    /// <summary>The last event of each resource that changed, in the order of their names.</summary>
    public static IReadOnlyList<StackEvent> Since(Release release, HistoryEvidence history) =>
        [
            .. history
                .Events.Where(each =>
                    each.At > (release.EndedAt ?? release.When) + ReleaseMerge.Skew
                    && each.Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "DELETE_COMPLETE"
                    && each.PhysicalId != history.StackId
                    && !IsOwn(each)
                )
                .GroupBy(each => each.LogicalId, StringComparer.Ordinal)
                .Select(group => group.MaxBy(each => each.At)!)
                .OrderBy(each => each.LogicalId, StringComparer.Ordinal),
        ];

    /// <summary>Whether events reach back that far (90 days).</summary>
    public static bool AreKnown(Release release, HistoryEvidence history) =>
        history.ReadAt - (release.EndedAt ?? release.When) < TimeSpan.FromDays(90);

    private static bool IsOwn(StackEvent each) =>
        each.Type is Workloads.TaskDefinition or Workloads.Service or "AWS::CDK::Metadata"
        || (each.Type == "AWS::SSM::Parameter" && each.PhysicalId.StartsWith("/lading/", StringComparison.Ordinal));
}
