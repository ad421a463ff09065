using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.StepFunctions;

/// <summary>states:ListStateMachines: ARNs, a thousand a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListStateMachines(string? Next) : JsonOperation<AwsPage<string>>(AwsService.StepFunctions)
{
    public override string Attempted => "Could not list the state machines";

    protected override void Write(Utf8JsonWriter json)
    {
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
                    .Items(answer, "stateMachines")
                    .Select(machine => machine.GetProperty("stateMachineArn").GetString()!),
            ],
            answer.FindText("nextToken")
        );
}
