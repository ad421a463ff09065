using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>events:ListRules of a bus: names, a hundred a page. A rule that is disabled may be enabled again.</summary>
/// <param name="Bus">The event bus.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListRules(string Bus, string? Next)
    : JsonListing<string>(AwsService.Events, "Rules", "NextToken", Next)
{
    public override string Attempted => $"Could not list the rules of {Bus}";

    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override void WriteOthers(Utf8JsonWriter json)
    {
        json.WriteString("EventBusName", Bus);
        json.WriteNumber("Limit", 100);
    }

    protected override string ReadItem(JsonElement item) => item.GetProperty("Name").GetString()!;
}
