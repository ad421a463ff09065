using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.StepFunctions;

/// <summary>states:ListStateMachineVersions: the ARNs of published versions, which aliases run.</summary>
/// <param name="Machine">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListStateMachineVersions(string Machine, string? Next)
    : JsonListing<string>(AwsService.StepFunctions, "stateMachineVersions", "nextToken", Next)
{
    public override string Attempted => $"Could not list the versions of {Machine}";

    public override IReadOnlyCollection<string> Expected => ["StateMachineDoesNotExist"];

    protected override void WriteOthers(Utf8JsonWriter json)
    {
        json.WriteString("stateMachineArn", Machine);
        json.WriteNumber("maxResults", 1000);
    }

    protected override string ReadItem(JsonElement item) => item.GetProperty("stateMachineVersionArn").GetString()!;
}
