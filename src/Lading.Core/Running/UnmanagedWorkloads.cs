using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Services, and tasks without a service, that belong to no stack: their images are shown, but there are none to
/// compare them with.
/// </summary>
internal static class UnmanagedWorkloads
{
    private const string Reason = "no stack says what it is to run";

    public static IReadOnlyList<ContainerVerdict> Of(EvidenceIndex index) =>
        [.. ServicesIn(index), .. TasksIn(index.Evidence)];

    private static IEnumerable<ContainerVerdict> ServicesIn(EvidenceIndex index)
    {
        var evidence = index.Evidence;
        var owned = CreatedIds(evidence, Workloads.Service).ToHashSet(StringComparer.Ordinal);
        return from service in evidence.Services
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
                Running = CountIn(container),
                State = RunningState.UnknownDigest,
                Reason = Reason,
                Evidence = [service.Source],
            };
    }

    /// <summary>Tasks started by hand or by a program. Those of Batch are covered by its job definitions.</summary>
    private static IEnumerable<ContainerVerdict> TasksIn(EnvironmentEvidence evidence)
    {
        var owned = CreatedIds(evidence, Workloads.TaskDefinition)
            .Select(ArnName.FamilyOf)
            .ToHashSet(StringComparer.Ordinal);
        return from task in evidence.Tasks
            where task.Counts && !task.Group.StartsWith("service:", StringComparison.Ordinal)
            let cluster = ArnName.Of(task.ClusterArn)
            let family = ArnName.FamilyOf(task.TaskDefinition)
            where !owned.Contains(family) && !IsOfBatch(cluster)
            from container in task.Containers
            group (task, container) by (cluster, family, container.Name, container.Image) into same
            orderby same.Key.cluster, same.Key.family
            select new ContainerVerdict
            {
                Stack = null,
                Cluster = same.Key.cluster,
                Kind = WorkloadKind.Task,
                Service = same.Key.family,
                Container = same.Key.Name,
                Reference = same.Key.Image,
                Running = CountIn(same.Select(each => each.container)),
                State = RunningState.UnknownDigest,
                Reason = Reason,
                Evidence = [same.First().task.Source],
            };
    }

    private static IReadOnlyList<RunningDigest> CountIn(IEnumerable<TaskContainer> containers) =>
        [.. containers.GroupBy(each => each.Digest).Select(same => new RunningDigest(same.Key, same.Count(), null))];

    private static IEnumerable<string> CreatedIds(EnvironmentEvidence evidence, string type) =>
        evidence
            .Stacks.SelectMany(stack => stack.Resources?.Values ?? [])
            .Where(resource => resource.Type == type)
            .Select(resource => resource.PhysicalId);

    /// <summary>Batch creates its own clusters (AWS Batch user guide, "Compute environments").</summary>
    private static bool IsOfBatch(string cluster) =>
        cluster.StartsWith("AWSBatch-", StringComparison.Ordinal)
        || cluster.Contains("_Batch_", StringComparison.Ordinal);
}
