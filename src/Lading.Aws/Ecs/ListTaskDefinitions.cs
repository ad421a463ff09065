using System.Text.Json;

namespace Lading.Aws.Ecs;

/// <summary>ecs:ListTaskDefinitions: the ARNs of active ones.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListTaskDefinitions(string? Next) : EcsOperation<AwsPage<string>>
{
    public override string Attempted => "Could not list the task definitions";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("status", "ACTIVE");
        WritePage(json, Next);
    }

    protected override AwsPage<string> Read(JsonElement answer) => ReadNames(answer, "taskDefinitionArns");
}
