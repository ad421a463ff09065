using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>events:ListTargetsByRule: the targets of a rule.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Bus">The event bus; null for the default one.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListTargetsByRule(string Rule, string? Bus, string? Next)
    : JsonListing<RuleTarget>(AwsService.Events, "Targets", "NextToken", Next)
{
    public override string Attempted => $"Could not list the targets of rule {Rule}";

    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override void WriteOthers(Utf8JsonWriter json)
    {
        json.WriteString(nameof(Rule), Rule);
        if (Bus is not null)
        {
            json.WriteString("EventBusName", Bus);
        }
    }

    protected override RuleTarget ReadItem(JsonElement item) =>
        new(item.FindText("EcsParameters", "TaskDefinitionArn"), [.. JsonMembers.AllTextsOf(item)]);
}

/// <summary>A target of a rule.</summary>
/// <param name="TaskDefinition">Its ARN; null if it starts no task.</param>
/// <param name="Texts">Every string of its input, which may mention images.</param>
internal sealed record RuleTarget(string? TaskDefinition, IReadOnlyList<string> Texts);
