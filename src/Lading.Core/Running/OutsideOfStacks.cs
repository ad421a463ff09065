using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>The services that no stack has: what they run is told, and nothing says what was meant.</summary>
internal static class OutsideOfStacks
{
    public static IReadOnlyList<ContainerVerdict> Of(EvidenceIndex index)
    {
        var evidence = index.Evidence;
        var owned = evidence
            .Stacks.SelectMany(stack => stack.Resources?.Values ?? [])
            .Where(resource => resource.Type == Workloads.Service)
            .Select(resource => resource.PhysicalId)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from service in evidence.Services
            where !owned.Contains(service.Arn) && service.Status != "INACTIVE"
            orderby service.ClusterName, service.Name
            from container in index
                .TasksOf(service)
                .Where(task => task.Counts)
                .SelectMany(task => task.Containers)
                .GroupBy(each => (each.Name, each.Image))
            select new ContainerVerdict
            {
                Stack = null,
                Cluster = service.ClusterName,
                Service = service.Name,
                Container = container.Key.Name,
                Reference = container.Key.Image,
                Desired = service.Desired,
                Running =
                [
                    .. container
                        .GroupBy(each => each.Digest)
                        .Select(same => new RunningDigest(same.Key, same.Count(), null)),
                ],
                State = RunningState.UnknownDigest,
                Reason = "no stack says what it is to run",
                Evidence = [service.Source],
            },
        ];
    }
}
