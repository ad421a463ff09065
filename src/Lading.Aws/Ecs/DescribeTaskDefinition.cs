using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Checking.Templates;
using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeTaskDefinition; also of a deregistered one.</summary>
/// <param name="TaskDefinition">An ARN.</param>
/// <param name="AskedAt">The time of the request.</param>
/// <param name="MayBeMissing">Whether a missing one is expected, for which ECS answers ClientException.</param>
/// <param name="HasSettings">Whether to return all settings, for a comparison.</param>
internal sealed record DescribeTaskDefinition(
    string TaskDefinition,
    DateTimeOffset AskedAt,
    bool MayBeMissing = false,
    bool HasSettings = false
) : EcsOperation<TaskDefinitionEvidence>
{
    public override string Attempted => $"Could not look at task definition {ArnName.Of(TaskDefinition)}";

    public override IReadOnlyCollection<string> Expected => MayBeMissing ? ["ClientException"] : [];

    protected override void Write(Utf8JsonWriter json) => json.WriteString("taskDefinition", TaskDefinition);

    protected override TaskDefinitionEvidence Read(JsonElement answer)
    {
        var images = new Dictionary<string, string>(StringComparer.Ordinal);
        var definition = answer.GetProperty("taskDefinition");
        foreach (var container in AwsJson.Items(definition, "containerDefinitions"))
        {
            images[AwsJson.Text(container, "name")] = AwsJson.Text(container, "image");
        }

        return new TaskDefinitionEvidence(
            TaskDefinition,
            images,
            new FactOrigin("ecs:DescribeTaskDefinition", ArnName.Of(TaskDefinition), AskedAt)
        )
        {
            Platform = PlatformOf(definition),
            ExecutionRole = definition.FindText("executionRoleArn"),
            Settings = HasSettings ? TaskSettings.Of(definition) : null,
        };
    }

    /// <summary>The declared platform, otherwise Fargate's default (Amazon ECS API reference, RuntimePlatform).</summary>
    private static Platform? PlatformOf(JsonElement definition) =>
        definition.TryGetProperty("runtimePlatform", out var platform)
            ? TaskPlatform.Of(platform.FindText("operatingSystemFamily"), platform.FindText("cpuArchitecture"))
        : AwsJson.Items(definition, "requiresCompatibilities").Any(each => each.ValueEquals("FARGATE"))
            ? TaskPlatform.Fargate
        : null;
}
