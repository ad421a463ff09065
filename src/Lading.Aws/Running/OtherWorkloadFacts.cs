using Lading.Aws.Batch;
using Lading.Aws.Lambda;
using Lading.Aws.Schedules;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads the functions, job definitions and schedules of stacks.</summary>
internal sealed class OtherWorkloadFacts(FactGathering facts)
{
    public async Task<EnvironmentEvidence> AddAsync(
        EnvironmentEvidence evidence,
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var (functions, schedules, jobs) = await ConcurrentTasks
            .AwaitAsync(
                Task.WhenAll(
                    Ids(workloads, WorkloadKind.Function)
                        .Select(name => facts.FindAsync(new GetFunction(name, facts.Now), name, cancellationToken))
                ),
                Task.WhenAll(
                    workloads
                        .Where(workload => workload is { Kind: WorkloadKind.ScheduledTask, PhysicalId.Length: > 0 })
                        .DistinctBy(workload => workload.PhysicalId)
                        .Select(workload => ReadScheduleAsync(workload, cancellationToken))
                ),
                Task.WhenAll(
                    Ids(workloads, WorkloadKind.Job)
                        .Chunk(DescribeJobDefinitions.Most)
                        .Select(chunk =>
                            facts.FindAsync(new DescribeJobDefinitions(chunk, facts.Now), "", cancellationToken, chunk)
                        )
                )
            )
            .ConfigureAwait(false);
        return evidence with
        {
            Functions = [.. functions.OfType<FunctionEvidence>()],
            Schedules = [.. schedules.OfType<ScheduleEvidence>()],
            Jobs = [.. jobs.SelectMany(each => each ?? [])],
        };
    }

    private async Task<ScheduleEvidence?> ReadScheduleAsync(Workload workload, CancellationToken cancellationToken)
    {
        var id = workload.PhysicalId;
        if (workload.Resource?.Type == Workloads.Schedule)
        {
            var group = workload
                .Stack.Resources.Where(each => each.LogicalId == workload.LogicalId)
                .Select(each =>
                    JsonMembers.TryGet(each.Properties, out var name, "GroupName")
                        ? workload.Stack.Values.TextOf(name).Text
                        : null
                )
                .FirstOrDefault();
            return await facts
                .FindAsync(new GetSchedule(id, group, facts.Now), id, cancellationToken)
                .ConfigureAwait(false);
        }

        // The physical id of a rule on another bus has both names: bus|rule.
        var bar = id.IndexOf('|', StringComparison.Ordinal);
        var (bus, rule) = bar < 0 ? (null, id) : (id[..bar], id[(bar + 1)..]);
        var (isEnabled, targets) = await ConcurrentTasks
            .AwaitAsync(
                facts.FindAsync(new FindRule(rule, bus), id, cancellationToken),
                facts.ListAsync(next => new ListTargetsByRule(rule, bus, next), id, cancellationToken)
            )
            .ConfigureAwait(false);
        return isEnabled is { } enabled
            ? new ScheduleEvidence(
                id,
                enabled,
                [.. targets.Select(target => target.TaskDefinition).OfType<string>()],
                new FactOrigin("events:ListTargetsByRule", id, facts.Now)
            )
            : null;
    }

    private static IEnumerable<string> Ids(IEnumerable<Workload> workloads, WorkloadKind kind) =>
        workloads
            .Where(workload => workload.Kind == kind && workload.PhysicalId.Length > 0)
            .Select(workload => workload.PhysicalId)
            .Distinct(StringComparer.Ordinal);
}
