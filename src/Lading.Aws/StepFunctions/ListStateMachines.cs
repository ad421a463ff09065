using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.StepFunctions;

/// <summary>states:ListStateMachines: ARNs, a thousand a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListStateMachines(string? Next)
    : JsonListing<string>(AwsService.StepFunctions, "stateMachines", "nextToken", Next)
{
    public override string Attempted => "Could not list the state machines";

    protected override void WriteOthers(Utf8JsonWriter json) => json.WriteNumber("maxResults", 1000);

    protected override string ReadItem(JsonElement item) => item.GetProperty("stateMachineArn").GetString()!;
}
