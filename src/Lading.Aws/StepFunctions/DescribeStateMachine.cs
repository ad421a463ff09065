using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.StepFunctions;

/// <summary>states:DescribeStateMachine: its definition.</summary>
/// <param name="Machine">The ARN of a state machine, or of a version of one.</param>
internal sealed record DescribeStateMachine(string Machine) : JsonOperation<string>(AwsService.StepFunctions)
{
    public override string Attempted => $"Could not look at {Machine}";

    public override IReadOnlyCollection<string> Expected => ["StateMachineDoesNotExist"];

    protected override void Write(Utf8JsonWriter json) => json.WriteString("stateMachineArn", Machine);

    protected override string Read(JsonElement answer) => answer.GetProperty("definition").GetString() ?? "";
}
