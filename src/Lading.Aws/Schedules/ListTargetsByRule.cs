using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>events:ListTargetsByRule: the task definitions that a rule starts.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Bus">The event bus; null for the default one.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListTargetsByRule(string Rule, string? Bus, string? Next)
    : JsonOperation<AwsPage<string>>(AwsService.Events)
{
    public override string Attempted => $"Could not list the targets of rule {Rule}";

    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString(nameof(Rule), Rule);
        if (Bus is not null)
        {
            json.WriteString("EventBusName", Bus);
        }

        if (Next is not null)
        {
            json.WriteString("NextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "Targets")
                    .Select(target => target.FindText("EcsParameters", "TaskDefinitionArn"))
                    .OfType<string>(),
            ],
            answer.FindText("NextToken")
        );
}
