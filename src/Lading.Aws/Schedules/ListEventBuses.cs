using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>events:ListEventBuses: names, a hundred a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListEventBuses(string? Next)
    : JsonListing<string>(AwsService.Events, "EventBuses", "NextToken", Next)
{
    public override string Attempted => "Could not list the event buses";

    protected override void WriteOthers(Utf8JsonWriter json) => json.WriteNumber("Limit", 100);

    protected override string ReadItem(JsonElement item) => item.GetProperty("Name").GetString()!;
}
