using Lading.Aws.Ecs;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads the services and tasks of clusters. Tasks are listed by cluster, not by service.</summary>
internal sealed class ClusterFacts(FactGathering facts)
{
    /// <summary>The ARNs of the clusters of the account and region.</summary>
    public Task<List<string>> ListAsync(CancellationToken cancellationToken) =>
        facts.ListAsync(next => new ListClusters(next), "", cancellationToken);

    /// <summary>Adds the services and tasks of all clusters to evidence.</summary>
    /// <param name="evidence">The evidence, with the stacks.</param>
    /// <param name="listed">The ARNs of clusters.</param>
    /// <param name="workloads">The workloads of the stacks, which may have other clusters.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<EnvironmentEvidence> AddAsync(
        EnvironmentEvidence evidence,
        IReadOnlyList<string> listed,
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var named = workloads
            .Where(workload => workload is { Kind: WorkloadKind.Service, PhysicalId.Length: > 0 })
            .Select(workload => workload.PhysicalId)
            .ToLookup(arn => ArnName.ClusterOf(arn) ?? "", StringComparer.Ordinal);
        var all = listed
            .Union(named.Select(group => group.Key).Where(cluster => cluster.Length > 0), StringComparer.Ordinal)
            .ToList();
        var (tasks, services) = await ConcurrentTasks
            .AwaitAsync(
                Task.WhenAll(all.Select(cluster => ReadTasksAsync(cluster, [null], cancellationToken))),
                Task.WhenAll(all.Select(cluster => ReadServicesAsync(cluster, [.. named[cluster]], cancellationToken)))
            )
            .ConfigureAwait(false);
        var ids = evidence.Stacks.Select(stack => stack.Id).ToHashSet(StringComparer.Ordinal);
        return evidence with
        {
            // Services of other stacks, such as another environment's, are left out.
            Services =
            [
                .. services
                    .SelectMany(batch => batch.Items)
                    .Where(service => service.Stack is null || ids.Contains(service.Stack)),
            ],
            MissingServices =
            [
                .. services
                    .SelectMany(batch => batch.Failures)
                    .Where(failure => failure.IsMissing)
                    .Select(failure => failure.Arn),
            ],
            Tasks = [.. tasks.SelectMany(each => each)],
        };
    }

    /// <summary>The services of a cluster.</summary>
    /// <param name="cluster">An ARN.</param>
    /// <param name="named">ARNs in stacks, which may no longer exist.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<AwsBatch<ServiceEvidence>> ReadServicesAsync(
        string cluster,
        IReadOnlyList<string> named,
        CancellationToken cancellationToken
    )
    {
        var listed = await facts
            .ListAsync(next => new ListServices(cluster, next), cluster, cancellationToken)
            .ConfigureAwait(false);
        return await facts
            .BatchAsync(
                listed.Union(named, StringComparer.Ordinal),
                DescribeServices.Most,
                chunk => new DescribeServices(cluster, chunk, facts.Now),
                cluster,
                cancellationToken,
                mayBeMissing: true
            )
            .ConfigureAwait(false);
    }

    /// <summary>The tasks of a cluster with any of the given desired statuses.</summary>
    /// <param name="cluster">An ARN.</param>
    /// <param name="statuses">Such as <c>STOPPED</c>; null for ECS's default, <c>RUNNING</c>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<TaskEvidence>> ReadTasksAsync(
        string cluster,
        IReadOnlyList<string?> statuses,
        CancellationToken cancellationToken
    )
    {
        var listed = await Task.WhenAll(
                statuses.Select(status =>
                    facts.ListAsync(next => new ListTasks(cluster, next, status), cluster, cancellationToken)
                )
            )
            .ConfigureAwait(false);
        // A task that disappeared between the two calls is missing in the second, and is ignored.
        var tasks = await facts
            .BatchAsync(
                listed.SelectMany(each => each).Distinct(StringComparer.Ordinal),
                DescribeTasks.Most,
                chunk => new DescribeTasks(cluster, chunk, facts.Now),
                cluster,
                cancellationToken,
                isNotedByName: false,
                mayBeMissing: true
            )
            .ConfigureAwait(false);
        return tasks.Items;
    }
}
