using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>
/// Settings of a task definition that were added or changed since a release: variables, secrets, sizes. A rollback does not undo them,
/// and the older image may not expect them.
/// </summary>
/// <param name="LogicalId">The task definition in the template.</param>
/// <param name="Names">The settings, named for messages: <c>cpu</c>, <c>environment LOG_LEVEL of web</c>.</param>
internal sealed record RemainingSettings(string LogicalId, IReadOnlyList<string> Names)
{
    /// <summary>
    /// Finds the settings of task definitions whose image is replaced. Task definitions that ECS did not return are
    /// left out.
    /// </summary>
    /// <param name="target">The release.</param>
    /// <param name="history">The stack's history.</param>
    /// <param name="workloads">The current workloads of the stack.</param>
    /// <param name="swaps">The images to replace.</param>
    public static IReadOnlyList<RemainingSettings> Since(
        Release target,
        HistoryReport history,
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<ImageSwap> swaps
    )
    {
        var settings = history
            .Evidence.TaskDefinitions.DistinctBy(each => each.Arn)
            .ToDictionary(each => each.Arn, each => each.Settings, StringComparer.Ordinal);
        var found = new List<RemainingSettings>();
        foreach (var workload in workloads.Where(each => each.Kind == WorkloadKind.Service))
        {
            if (
                swaps.FirstOrDefault(swap => workload.Containers.Contains(swap.Container)) is not { } swap
                || settings.GetValueOrDefault(workload.TaskDefinition ?? "") is not { } now
                || settings.GetValueOrDefault(DefinitionIn(target, workload.PhysicalId, history) ?? "") is not { } then
            )
            {
                continue;
            }

            List<string> names =
            [
                .. now
                    .Keys.Union(then.Keys, StringComparer.Ordinal)
                    .Where(name => now.GetValueOrDefault(name) != then.GetValueOrDefault(name))
                    .Order(StringComparer.Ordinal),
            ];
            if (names.Count > 0)
            {
                found.Add(new RemainingSettings(swap.Container.LogicalId, names));
            }
        }

        return [.. found.DistinctBy(each => each.LogicalId)];
    }

    /// <summary>The task definition of a service in a release: that of its last deployment up to then.</summary>
    private static string? DefinitionIn(Release target, string service, HistoryReport history)
    {
        var deployment = history
            .Releases.SkipWhile(release => release != target)
            .Where(release => release.Counts)
            .SelectMany(release => release.Deployments)
            .FirstOrDefault(each => each.ServiceArn == service && !each.IsRolledBack);
        return history
            .Evidence.Revisions.FirstOrDefault(revision => revision.Arn == deployment?.TargetRevision)
            ?.TaskDefinition;
    }
}
