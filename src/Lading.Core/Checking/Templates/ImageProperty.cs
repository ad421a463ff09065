using System.Text.Json;
using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>A property of a resource type that names a container image (CloudFormation template reference).</summary>
/// <param name="ResourceType">Such as <c>AWS::ECS::TaskDefinition</c>.</param>
/// <param name="Path">The members below <c>Properties</c>; <c>[]</c> is every item of a list.</param>
/// <param name="RunsOn">What the image must run on, from the resource's properties; null where they do not tell.</param>
internal sealed record ImageProperty(string ResourceType, string[] Path, Func<JsonElement, Platform?> RunsOn)
{
    private const string Each = "[]";

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<ImageProperty> All { get; } =
    [
        new("AWS::ECS::TaskDefinition", ["ContainerDefinitions", Each, "Image"], RuntimePlatform.OfTaskDefinition),
        new("AWS::ECS::ExpressGatewayService", ["PrimaryContainer", "Image"], _ => Platform.LinuxAmd64),
        new("AWS::Lambda::Function", ["Code", "ImageUri"], RuntimePlatform.OfFunction),
        new(
            "AWS::AppRunner::Service",
            ["SourceConfiguration", "ImageRepository", "ImageIdentifier"],
            _ => Platform.LinuxAmd64
        ),
        new("AWS::Batch::JobDefinition", ["ContainerProperties", "Image"], RuntimePlatform.OfJob),
        new(
            "AWS::Batch::JobDefinition",
            ["EcsProperties", "TaskProperties", Each, "Containers", Each, "Image"],
            _ => null
        ),
        new("AWS::Batch::JobDefinition", ["EksProperties", "PodProperties", "Containers", Each, "Image"], _ => null),
        new(
            "AWS::Batch::JobDefinition",
            ["EksProperties", "PodProperties", "InitContainers", Each, "Image"],
            _ => null
        ),
        new(
            "AWS::Batch::JobDefinition",
            ["NodeProperties", "NodeRangeProperties", Each, "Container", "Image"],
            _ => null
        ),
        new("AWS::SageMaker::Model", ["PrimaryContainer", "Image"], _ => null),
        new("AWS::SageMaker::Model", ["Containers", Each, "Image"], _ => null),
        new(
            "AWS::BedrockAgentCore::Runtime",
            ["AgentRuntimeArtifact", "ContainerConfiguration", "ContainerUri"],
            _ => Platform.LinuxArm64
        ),
    ];

    /// <summary>The values at the path, with the name of the container that each is of; null for a list that only a deployment knows.</summary>
    public IEnumerable<(string? Name, JsonElement? Value)> ValuesIn(JsonElement properties, TemplateValues values) =>
        ValuesIn(properties, values, Path, name: null);

    private static IEnumerable<(string? Name, JsonElement? Value)> ValuesIn(
        JsonElement element,
        TemplateValues values,
        ArraySegment<string> path,
        string? name
    )
    {
        if (path.Count == 0)
        {
            return [(name, element)];
        }

        return values.BranchesOf(element).SelectMany(branch => Step(branch, values, path, name));
    }

    private static IEnumerable<(string? Name, JsonElement? Value)> Step(
        JsonElement element,
        TemplateValues values,
        ArraySegment<string> path,
        string? name
    )
    {
        if (path[0] != Each)
        {
            return Json.TryGet(element, out var member, path[0]) ? ValuesIn(member, values, path[1..], name)
                : Json.TryGetSingle(element, out var function, out _) && IsFunction(function) ? [(name, null)]
                : [];
        }

        return element.ValueKind == JsonValueKind.Array
            ? element
                .EnumerateArray()
                .SelectMany(item => values.BranchesOf(item))
                .SelectMany(item => ValuesIn(item, values, path[1..], NameOf(item, values) ?? name))
            : [(name, null)];
    }

    private static bool IsFunction(string member) =>
        member is "Ref" || member.StartsWith("Fn::", StringComparison.Ordinal);

    private static string? NameOf(JsonElement item, TemplateValues values) =>
        Json.TryGet(item, out var name, "Name") || Json.TryGet(item, out name, "ContainerHostname")
            ? values.TextOf(name).Text
            : null;
}
