using System.Text;
using System.Text.Json;
using Lading.Checking.Templates;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Deploying;

/// <summary>Finds the services that a deployment changes, and whose task count it would reset.</summary>
internal static class TaskCountResets
{
    /// <param name="stacks">Top-level stacks, as they will be deployed.</param>
    /// <param name="before">The state before the deployment.</param>
    public static IReadOnlyList<TaskCount> Of(IReadOnlyList<SynthesizedStack> stacks, EnvironmentEvidence before)
    {
        var index = new EvidenceIndex(before);
        var services = Workloads.Of(before).Where(each => each.Kind == WorkloadKind.Service).ToList();
        return
        [
            .. stacks
                .SelectMany(stack =>
                    Pairs(stack, before.Stacks.FirstOrDefault(each => each.Name == stack.StackName), before)
                )
                .SelectMany(pair =>
                    services
                        .Where(each => each.Stack.Stack.Id == pair.Deployed.Id && IsChanged(pair, each))
                        .Select(each => TaskCount.Find(each, index, CountIn(pair.Stack, each.LogicalId)))
                        .OfType<TaskCount>()
                ),
        ];
    }

    private static IEnumerable<(SynthesizedStack Stack, StackEvidence Deployed)> Pairs(
        SynthesizedStack stack,
        StackEvidence? deployed,
        EnvironmentEvidence before
    )
    {
        if (deployed is null)
        {
            return [];
        }

        var nested = stack
            .Resources.Select(resource =>
                (
                    Stack: stack.FindNested(resource.Name, resource.Value),
                    Id: deployed.Resources?.GetValueOrDefault(resource.Name)?.PhysicalId
                )
            )
            .Where(each => each.Stack is not null)
            .SelectMany(each => Pairs(each.Stack!, before.Stacks.FirstOrDefault(one => one.Id == each.Id), before));
        return [(stack, deployed), .. nested];
    }

    /// <summary>Whether the service is changed, directly or by a new task definition.</summary>
    private static bool IsChanged((SynthesizedStack Stack, StackEvidence Deployed) pair, Workload service) =>
        service
            .Containers.Select(container => container.LogicalId)
            .Append(service.LogicalId)
            .Distinct(StringComparer.Ordinal)
            .Any(id => TextOf(pair.Stack.File.Root, id) != TextOf(pair.Deployed.Template!.Value, id));

    private static string? CountIn(SynthesizedStack stack, string service) =>
        JsonMembers.TryGet(stack.File.Root, out var count, "Resources", service, "Properties", "DesiredCount")
            ? stack.Values.TextOf(count).Text ?? count.GetRawText()
            : null;

    /// <summary>The properties of a resource, without insignificant white space.</summary>
    private static string TextOf(JsonElement template, string resource)
    {
        if (!JsonMembers.TryGet(template, out var properties, "Resources", resource, "Properties"))
        {
            return "";
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            properties.WriteTo(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
