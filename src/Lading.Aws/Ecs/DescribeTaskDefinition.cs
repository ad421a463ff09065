using System.Text.Json;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeTaskDefinition of one, which may be deregistered.</summary>
/// <param name="TaskDefinition">An ARN.</param>
/// <param name="AskedAt">When it is asked.</param>
internal sealed record DescribeTaskDefinition(string TaskDefinition, DateTimeOffset AskedAt)
    : EcsOperation<TaskDefinitionEvidence>
{
    public override string Attempted => $"Could not look at task definition {ArnName.Of(TaskDefinition)}";

    protected override void Write(Utf8JsonWriter json) => json.WriteString("taskDefinition", TaskDefinition);

    protected override TaskDefinitionEvidence Read(JsonElement answer)
    {
        var images = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var container in EcsJson.Items(answer.GetProperty("taskDefinition"), "containerDefinitions"))
        {
            images[EcsJson.Text(container, "name")] = EcsJson.Text(container, "image");
        }

        return new TaskDefinitionEvidence(
            TaskDefinition,
            images,
            new FactOrigin("ecs:DescribeTaskDefinition", ArnName.Of(TaskDefinition), AskedAt)
        );
    }
}
