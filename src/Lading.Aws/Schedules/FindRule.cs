using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>events:ListRules for one rule: whether it is enabled; null if it does not exist.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Bus">The event bus; null for the default one.</param>
internal sealed record FindRule(string Rule, string? Bus) : JsonOperation<bool?>(AwsService.Events)
{
    public override string Name => "ListRules";

    public override string Attempted => $"Could not look at rule {Rule}";

    // The event bus may not exist.
    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("NamePrefix", Rule);
        if (Bus is not null)
        {
            json.WriteString("EventBusName", Bus);
        }
    }

    protected override bool? Read(JsonElement answer) =>
        AwsJson
            .Items(answer, "Rules")
            .Where(rule => rule.FindText("Name") == Rule)
            .Select(rule => (bool?)(rule.FindText("State") != "DISABLED"))
            .FirstOrDefault();
}
