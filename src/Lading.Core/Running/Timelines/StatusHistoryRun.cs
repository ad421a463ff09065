using Lading.Configuration;
using Lading.Git;
using Lading.Projects;
using Lading.Running.Evidence;

namespace Lading.Running.Timelines;

/// <summary>Reads the history of the workloads in a status report, from all environments concurrently.</summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="project">The project; null outside of one.</param>
internal sealed class StatusHistoryRun(IEnvironmentGathering gathering, Project? project)
{
    /// <summary>Reads the history.</summary>
    /// <param name="environments">The environments of the report, in the same order.</param>
    /// <param name="report">The status report.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<StatusHistory> RunAsync(
        IReadOnlyList<EnvironmentDefinition> environments,
        StatusReport report,
        CancellationToken cancellationToken
    )
    {
        var read = await Task.WhenAll(
                environments
                    .Zip(report.Environments)
                    .Where(pair => pair.Second.Evidence.Failure is null)
                    .Select(pair => ReadAsync(pair.First, pair.Second, cancellationToken))
            )
            .ConfigureAwait(false);
        var timelines = read.SelectMany(each => each.Timelines).ToList();
        var revisions = timelines
            .SelectMany(timeline => timeline.Entries)
            .SelectMany(entry => entry.Images)
            .Select(image => image.Revision)
            .Concat(report.Environments.SelectMany(each => each.Containers).Select(each => each.Revision))
            .Concat(report.Heads.Select(head => head.Revision))
            .OfType<string>();
        return new StatusHistory(
            timelines,
            [.. read.SelectMany(each => each.Unread)],
            project is null
                ? new Dictionary<string, string>()
                : await CommitSubjects
                    .ReadAsync(project.Folder.Path, revisions, cancellationToken)
                    .ConfigureAwait(false)
        );
    }

    private async Task<StatusHistory> ReadAsync(
        EnvironmentDefinition environment,
        EnvironmentStatus status,
        CancellationToken cancellationToken
    )
    {
        var name = status.Evidence.Name;
        var past = await gathering.ReadPastAsync(environment, status.Evidence, cancellationToken).ConfigureAwait(false);
        var arns = status.Evidence.Services.ToLookup(each => (each.ClusterName, each.Name), each => each.Arn);
        var timelines =
            from history in past
            let rules = new TimelineRules(history)
            from workload in status
                .Containers.Where(each => each.Stack?.Split('/')[0] == history.Stack)
                .GroupBy(each => (each.Stack, each.Kind, each.Service))
            let containers = workload.ToList()
            let arn = containers[0] is { Kind: WorkloadKind.Service, Cluster: { } cluster }
                ? arns[(cluster, containers[0].Service)].FirstOrDefault()
                : null
            select new WorkloadTimeline(
                name,
                workload.Key.Stack,
                workload.Key.Kind,
                workload.Key.Service,
                rules.Of(containers, arn)
            );
        return new StatusHistory(
            [.. timelines],
            [
                .. past.SelectMany(each => each.Unread)
                    .Distinct()
                    .Select(fact => new KeyValuePair<string, UnreadFact>(name, fact)),
            ],
            new Dictionary<string, string>()
        );
    }
}
