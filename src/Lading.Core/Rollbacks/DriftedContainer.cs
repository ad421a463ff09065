using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>A container of a service that does not run the image in its stack: hotswapped, or edited by hand.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Container">The container's.</param>
/// <param name="Reason">What it runs, as part of a sentence.</param>
/// <param name="Repair">The command that returns it to the image in its stack; null if there is none.</param>
internal sealed record DriftedContainer(string Service, string Container, string Reason, string? Repair)
{
    /// <summary>The drifted containers of all services.</summary>
    public static IReadOnlyList<DriftedContainer> In(
        EnvironmentEvidence evidence,
        IReadOnlyList<Workload> workloads,
        EvidenceIndex index
    ) =>
        [
            .. RunningRules
                .Of(evidence)
                .Containers.Where(verdict => verdict.State is RunningState.Hotswapped or RunningState.Drifted)
                .Select(verdict => new DriftedContainer(
                    verdict.Service,
                    verdict.Container,
                    verdict.Reason,
                    RepairOf(verdict, workloads, index)
                )),
        ];

    /// <summary>The drift, as the end of a sentence; empty if there is none.</summary>
    public static string Describe(IReadOnlyList<DriftedContainer> drifted) =>
        string.Concat(drifted.Select(each => $"; {each.Service} {each.Container} has drifted: {each.Reason}"));

    /// <summary>The commands that end the drift, as a sentence; null if there are none.</summary>
    public static string? RemedyFor(IReadOnlyList<DriftedContainer> drifted)
    {
        var commands = drifted.Select(each => each.Repair).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return commands.Count > 0 ? $"Put it right: {string.Join(" && ", commands)}" : null;
    }

    /// <summary>The command goes to ECS: CloudFormation sees no difference, and would do nothing.</summary>
    private static string? RepairOf(ContainerVerdict verdict, IReadOnlyList<Workload> workloads, EvidenceIndex index)
    {
        foreach (var workload in workloads.Where(each => each.Kind == WorkloadKind.Service))
        {
            if (
                index.FindService(workload.PhysicalId) is { Controller: "ECS", Status: not "INACTIVE" } service
                && service.Name == verdict.Service
                && service.ClusterName == verdict.Cluster
                && workload.TaskDefinition is { } definition
            )
            {
                return service.TaskDefinition != definition
                        ? Command(service, $"--task-definition {ArnName.Of(definition)}", index)
                    : verdict.Running.Any(each => each.IsPinned == false)
                        ? Command(service, "--force-new-deployment", index)
                    : null;
            }
        }

        return null;
    }

    private static string Command(ServiceEvidence service, string how, EvidenceIndex index) =>
        $"aws ecs update-service --cluster {service.ClusterName} --service {service.Name} {how}{index.Evidence.CliOptions}";
}
