using System.Globalization;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>
/// A service that runs another number of tasks than its template says, such as by autoscaling. CloudFormation resets it to the
/// template's with any change of the service (cloudformation-coverage-roadmap#187).
/// </summary>
/// <param name="StackId">The ARN of the stack that has the service.</param>
/// <param name="Service">The logical id.</param>
/// <param name="Running">The number that ECS is to keep running now.</param>
/// <param name="Template">What the template says: a number, or how it is worked out.</param>
internal sealed record TaskCount(string StackId, string Service, int Running, string Template)
{
    /// <summary>Those of the services that get another image.</summary>
    public static IReadOnlyList<TaskCount> Of(
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<ImageSwap> swaps,
        EvidenceIndex index,
        IReadOnlyList<DeployedTemplate> templates
    )
    {
        var definitions = swaps.Select(swap => swap.Container.LogicalId).ToHashSet(StringComparer.Ordinal);
        var counts = new List<TaskCount>();
        foreach (
            var workload in workloads.Where(each =>
                each.Kind == WorkloadKind.Service && each.Containers.Any(one => definitions.Contains(one.LogicalId))
            )
        )
        {
            var template = templates.FirstOrDefault(each => each.Stack.Id == workload.Stack.Stack.Id)?.Text;
            var said = template?.Find($"/Resources/{TemplateText.Escape(workload.LogicalId)}/Properties/DesiredCount");
            if (said is null || index.FindService(workload.PhysicalId) is not { IsDaemon: false } service)
            {
                continue;
            }

            var text = template!.TextOf(said) ?? template.Raw(said);
            if (text != service.Desired.ToString(CultureInfo.InvariantCulture))
            {
                counts.Add(new TaskCount(workload.Stack.Stack.Id, workload.LogicalId, service.Desired, text));
            }
        }

        return counts;
    }
}
