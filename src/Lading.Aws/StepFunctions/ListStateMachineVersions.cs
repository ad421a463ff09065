using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.StepFunctions;

/// <summary>states:ListStateMachineVersions: the ARNs of published versions, which aliases run.</summary>
/// <param name="Machine">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListStateMachineVersions(string Machine, string? Next)
    : JsonOperation<AwsPage<string>>(AwsService.StepFunctions)
{
    public override string Attempted => $"Could not list the versions of {Machine}";

    public override IReadOnlyCollection<string> Expected => ["StateMachineDoesNotExist"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("stateMachineArn", Machine);
        json.WriteNumber("maxResults", 1000);
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "stateMachineVersions")
                    .Select(version => version.GetProperty("stateMachineVersionArn").GetString()!),
            ],
            answer.FindText("nextToken")
        );
}
