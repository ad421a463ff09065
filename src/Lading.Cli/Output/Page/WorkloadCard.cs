using System.Globalization;
using Lading.Running;
using Lading.Running.Timelines;

namespace Lading.Cli.Output.Page;

/// <summary>A workload of an environment on the page: its containers and its releases.</summary>
/// <param name="Id">The element's ID, which links refer to.</param>
/// <param name="Environment">The environment that it runs in.</param>
/// <param name="Containers">Its containers.</param>
/// <param name="Past">Its releases, the newest first.</param>
internal sealed record WorkloadCard(
    string Id,
    EnvironmentStatus Environment,
    IReadOnlyList<ContainerVerdict> Containers,
    IReadOnlyList<TimelineEntry> Past
)
{
    /// <summary>The container in the worst state.</summary>
    public ContainerVerdict Worst => Containers.MaxBy(container => StatusCell.Weight(container.State))!;

    /// <summary>All workloads of a report, ordered by name.</summary>
    public static IReadOnlyList<WorkloadCard> Of(StatusReport report, StatusHistory past)
    {
        var groups =
            from environment in report.Environments
            from workload in environment.Containers.GroupBy(each => (each.Stack, each.Kind, each.Service))
            select (Environment: environment, Containers: workload.ToList());
        return
        [
            .. groups.Select(
                (group, i) =>
                    new WorkloadCard(
                        string.Create(CultureInfo.InvariantCulture, $"w{i + 1}"),
                        group.Environment,
                        group.Containers,
                        past.Of(group.Environment.Evidence.Name, group.Containers[0])
                    )
            ),
        ];
    }
}
