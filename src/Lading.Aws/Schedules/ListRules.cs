using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>events:ListRules of a bus: names, a hundred a page. A rule that is disabled may be enabled again.</summary>
/// <param name="Bus">The event bus.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListRules(string Bus, string? Next) : JsonOperation<AwsPage<string>>(AwsService.Events)
{
    public override string Attempted => $"Could not list the rules of {Bus}";

    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("EventBusName", Bus);
        json.WriteNumber("Limit", 100);
        if (Next is not null)
        {
            json.WriteString("NextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [.. AwsJson.Items(answer, "Rules").Select(rule => rule.GetProperty("Name").GetString()!)],
            answer.FindText("NextToken")
        );
}
