using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>Counts the running tasks that will be replaced.</summary>
internal static class ReplacedTasks
{
    /// <summary>
    /// The number of running tasks of each swap's services. Swaps outside of services, or whose tasks were not read,
    /// are left out.
    /// </summary>
    public static IReadOnlyDictionary<ImageSwap, int> Of(
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<ImageSwap> swaps,
        EvidenceIndex index
    ) =>
        swaps
            .Select(swap =>
                (
                    swap,
                    services: workloads
                        .Where(each => each.Kind == WorkloadKind.Service && each.Containers.Contains(swap.Container))
                        .Select(each => index.FindService(each.PhysicalId))
                        .OfType<Running.Evidence.ServiceEvidence>()
                        .ToList()
                )
            )
            .Where(each =>
                each.services.Count > 0
                && each.services.TrueForAll(service =>
                    index.FindUnread(service.ClusterArn, "ecs:ListTasks", "ecs:DescribeTasks") is null
                )
            )
            .ToDictionary(
                each => each.swap,
                each => each.services.Sum(service => index.TasksOf(service).Count(task => task.Counts))
            );
}
