using System.Text.Json;
using Lading.Checking.Templates;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Finds the workloads of deployed stacks, from their templates and their resources.</summary>
internal static class Workloads
{
    public const string Service = "AWS::ECS::Service";
    public const string TaskDefinition = "AWS::ECS::TaskDefinition";
    public const string Function = "AWS::Lambda::Function";
    public const string JobDefinition = "AWS::Batch::JobDefinition";
    public const string Rule = "AWS::Events::Rule";
    public const string Schedule = "AWS::Scheduler::Schedule";
    public const string Nested = "AWS::CloudFormation::Stack";

    private static readonly string[] WithImages = [TaskDefinition, Function, JobDefinition];

    /// <summary>Whether a template has workloads or nested stacks.</summary>
    public static bool AreIn(JsonElement template) =>
        JsonMembers.TryGet(template, out var resources, "Resources")
        && JsonMembers
            .MembersOf(resources)
            .Any(resource =>
                resource.Value.FindText("Type") is { } type && (type is Service or Nested || WithImages.Contains(type))
            );

    /// <summary>
    /// The same for a template that is not JSON, by its text: it may have a workload, or a transform that adds one.
    /// </summary>
    public static bool MayBeIn(string template) =>
        WithImages
            .Append(Service)
            .Append(Nested)
            .Append("Transform")
            .Any(word => template.Contains(word, StringComparison.Ordinal));

    /// <summary>Whether a template imports another stack's export.</summary>
    public static bool Imports(JsonElement template) =>
        template.GetRawText().Contains("\"Fn::ImportValue\"", StringComparison.Ordinal);

    public static IReadOnlyList<Workload> Of(EnvironmentEvidence evidence)
    {
        var stacks = evidence
            .Stacks.Where(stack => stack.Template is not null)
            .Select(stack => new DeployedStack(evidence, stack))
            .ToList();
        var containers = stacks.SelectMany(ContainersOf).ToList();
        var found = stacks.SelectMany(stack => OfStack(stack, containers)).ToList();
        var started = found.SelectMany(workload => workload.Containers).ToHashSet();
        var unused = containers
            .Where(each => each.Type == TaskDefinition && !started.Contains(each))
            .GroupBy(each => (each.Stack, each.LogicalId))
            .Select(group => new Workload(
                WorkloadKind.Task,
                group.Key.Stack,
                group.Key.LogicalId,
                group.Key.Stack.FindResource(group.Key.LogicalId),
                group.First().PhysicalId,
                [.. group]
            ));
        return [.. found, .. unused];
    }

    private static IEnumerable<Workload> OfStack(DeployedStack stack, List<NamedContainer> containers)
    {
        foreach (var (logicalId, type, properties) in stack.Resources)
        {
            var resource = stack.FindResource(logicalId);
            switch (type)
            {
                case Service:
                    var definition = JsonMembers.TryGet(properties, out var named, "TaskDefinition")
                        ? stack.Values.TextOf(named).Text
                        : null;
                    yield return new Workload(
                        WorkloadKind.Service,
                        stack,
                        logicalId,
                        resource,
                        definition,
                        definition is null
                            ? ByReference(stack, properties, containers)
                            : [.. containers.Where(each => each.PhysicalId == definition)]
                    );
                    break;
                case Rule or Schedule:
                    foreach (var started in StartedBy(stack, properties))
                    {
                        var own = containers.Where(each => each.PhysicalId == started).ToList();
                        if (own.Count > 0)
                        {
                            yield return new Workload(
                                WorkloadKind.ScheduledTask,
                                stack,
                                logicalId,
                                resource,
                                started,
                                own
                            );
                        }
                    }

                    break;
                case Function or JobDefinition:
                    var images = containers.Where(each => each.Stack == stack && each.LogicalId == logicalId).ToList();
                    if (images.Count > 0)
                    {
                        yield return new Workload(
                            type == Function ? WorkloadKind.Function : WorkloadKind.Job,
                            stack,
                            logicalId,
                            resource,
                            null,
                            images
                        );
                    }

                    break;
            }
        }
    }

    /// <summary>
    /// The containers of a service whose task definition was not created, found by its logical id in the template.
    /// </summary>
    private static List<NamedContainer> ByReference(
        DeployedStack stack,
        JsonElement properties,
        List<NamedContainer> containers
    ) =>
        properties.FindText("TaskDefinition", "Ref") is { } logicalId
            ? [.. containers.Where(each => each.Stack == stack && each.LogicalId == logicalId)]
            : [];

    private static IEnumerable<string> StartedBy(DeployedStack stack, JsonElement properties)
    {
        var targets =
            JsonMembers.TryGet(properties, out var list, "Targets") && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray()
            : JsonMembers.TryGet(properties, out var target, "Target") ? [target]
            : Enumerable.Empty<JsonElement>();
        return targets
            .Select(each =>
                JsonMembers.TryGet(each, out var arn, "EcsParameters", "TaskDefinitionArn")
                    ? stack.Values.TextOf(arn).Text
                    : null
            )
            .OfType<string>();
    }

    private static IEnumerable<NamedContainer> ContainersOf(DeployedStack stack) =>
        from resource in stack.Resources
        where WithImages.Contains(resource.Type)
        from property in ImageProperty.Of(resource.Type)
        from image in property.ValuesIn(resource.Properties, stack.Values)
        select new NamedContainer(
            stack,
            resource.LogicalId,
            resource.Type,
            image.Container ?? resource.LogicalId,
            image.Value is { } value
                ? stack.Values.TextOf(value)
                : Resolved.Unknown("the list of containers is made at deployment"),
            ContainerPlatform.Of(resource.Type, image, stack.Values)
        );
}
