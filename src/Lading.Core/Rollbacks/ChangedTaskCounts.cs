using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>Finds the services whose image is replaced and whose task count would change as a result.</summary>
internal static class ChangedTaskCounts
{
    public static IReadOnlyList<TaskCount> Of(
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<ImageSwap> swaps,
        EvidenceIndex index,
        IReadOnlyList<DeployedTemplate> templates
    )
    {
        // Nested stacks of one class have the same logical ids.
        var definitions = swaps.Select(swap => (swap.Container.Stack.Stack.Id, swap.Container.LogicalId)).ToHashSet();
        return
        [
            .. workloads
                .Where(each =>
                    each.Kind == WorkloadKind.Service
                    && each.Containers.Any(one => definitions.Contains((one.Stack.Stack.Id, one.LogicalId)))
                )
                .Select(each => TaskCount.Find(each, index, CountIn(templates, each)))
                .OfType<TaskCount>(),
        ];
    }

    private static string? CountIn(IReadOnlyList<DeployedTemplate> templates, Workload service)
    {
        var template = templates.FirstOrDefault(each => each.Stack.Id == service.Stack.Stack.Id)?.Text;
        return
            template?.Find($"/Resources/{TemplateText.Escape(service.LogicalId)}/Properties/DesiredCount") is { } count
            ? template.TextOf(count) ?? template.Raw(count)
            : null;
    }
}
