using Lading.Aws.Ecs;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the tasks of a few services: running ones if no deployment is in progress, stopped ones if they may explain a
/// failure.
/// </summary>
internal sealed class WatchedTasks(FactGathering facts)
{
    public async Task<IReadOnlyList<TaskEvidence>> ReadAsync(
        IReadOnlyList<WatchedWorkload> watched,
        CancellationToken cancellationToken
    )
    {
        var listed = await Task.WhenAll(
                watched
                    .SelectMany(each => each.TaskQueries)
                    .Select(async query =>
                        (
                            query.Service.ClusterArn,
                            Arns: await facts
                                .ListAsync(
                                    next => new ListTasks(
                                        query.Service.ClusterArn,
                                        next,
                                        query.Status,
                                        query.Service.Name
                                    ),
                                    query.Service.ClusterArn,
                                    cancellationToken
                                )
                                .ConfigureAwait(false)
                        )
                    )
            )
            .ConfigureAwait(false);
        var batches = await Task.WhenAll(
                listed
                    .GroupBy(each => each.ClusterArn, StringComparer.Ordinal)
                    .Select(group =>
                        facts.BatchAsync(
                            group.SelectMany(each => each.Arns).Distinct(StringComparer.Ordinal),
                            DescribeTasks.Most,
                            chunk => new DescribeTasks(group.Key, chunk, facts.Now),
                            group.Key,
                            cancellationToken,
                            isNotedByName: false
                        )
                    )
            )
            .ConfigureAwait(false);
        return [.. batches.SelectMany(batch => batch.Items)];
    }
}

/// <summary>A watched service, and its workload.</summary>
internal sealed record WatchedWorkload(ServiceEvidence Service, Workload Workload)
{
    /// <summary>The desired statuses of the tasks to read.</summary>
    public IEnumerable<(ServiceEvidence Service, string Status)> TaskQueries
    {
        get
        {
            if (VerifyingRules.NeedsTasks(Service, Workload.Stack.Stack))
            {
                yield return (Service, "RUNNING");
            }

            if (VerifyingRules.NeedsStopped(Service, Workload.Stack.Stack))
            {
                yield return (Service, "STOPPED");
            }
        }
    }
}
