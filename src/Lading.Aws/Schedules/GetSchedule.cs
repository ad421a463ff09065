using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.Schedules;

/// <summary>scheduler:GetSchedule.</summary>
/// <param name="Schedule">Its name.</param>
/// <param name="Group">Its group; null for the default one.</param>
/// <param name="AskedAt">The time of the request.</param>
internal sealed record GetSchedule(string Schedule, string? Group, DateTimeOffset AskedAt)
    : RestOperation<ScheduleEvidence>(
        AwsService.Scheduler,
        HttpMethod.Get,
        $"/schedules/{Uri.EscapeDataString(Schedule)}"
    )
{
    public override string Attempted => $"Could not look at schedule {Schedule}";

    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override IReadOnlyList<KeyValuePair<string, string>> Query =>
        Group is null ? [] : [KeyValuePair.Create("groupName", Group)];

    protected override ScheduleEvidence Read(JsonElement answer) =>
        new(
            Schedule,
            answer.FindText("State") != "DISABLED",
            (answer.FindText("Target", "EcsParameters", "TaskDefinitionArn") ?? OfInput(answer)) is { } definition
                ? [definition]
                : [],
            new FactOrigin("scheduler:GetSchedule", Schedule, AskedAt)
        )
        {
            Texts = answer.TryGet(out var target, "Target") ? [.. JsonMembers.AllTextsOf(target)] : [],
        };

    /// <summary>The input of a universal target for <c>ecs:RunTask</c> (EventBridge Scheduler user guide, "Using universal targets").</summary>
    private static string? OfInput(JsonElement answer)
    {
        if (answer.FindText("Target", "Arn")?.EndsWith(":aws-sdk:ecs:runTask", StringComparison.Ordinal) is not true)
        {
            return null;
        }

        try
        {
            using var input = JsonDocument.Parse(answer.FindText("Target", "Input") ?? "{}");
            return input.RootElement.FindText("TaskDefinition");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
