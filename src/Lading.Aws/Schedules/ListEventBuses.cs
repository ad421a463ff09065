using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>events:ListEventBuses: names, a hundred a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListEventBuses(string? Next) : JsonOperation<AwsPage<string>>(AwsService.Events)
{
    public override string Attempted => "Could not list the event buses";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("Limit", 100);
        if (Next is not null)
        {
            json.WriteString("NextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [.. AwsJson.Items(answer, "EventBuses").Select(bus => bus.GetProperty("Name").GetString()!)],
            answer.FindText("NextToken")
        );
}
