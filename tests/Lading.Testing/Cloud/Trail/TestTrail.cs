using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Trail;

/// <summary>Who asked CloudFormation for what, as CloudTrail tells it: the newest first, 50 a page (CloudTrail API, LookupEvents).</summary>
internal sealed class TestTrail
{
    public static IReadOnlyList<string> Operations { get; } = ["cloudtrail:LookupEvents"];

    /// <summary>The newest last.</summary>
    public List<TrailEvent> Events { get; } = [];

    /// <summary>Whether the caller may not look.</summary>
    public bool IsDenied { get; set; }

    public (int Status, JsonObject Body) Answer(JsonElement input)
    {
        if (IsDenied)
        {
            return (400, new JsonObject { ["__type"] = "AccessDeniedException", ["message"] = "not authorized" });
        }

        var name = input.GetProperty("LookupAttributes")[0].GetProperty("AttributeValue").GetString();
        var since = DateTimeOffset.FromUnixTimeSeconds((long)input.GetProperty("StartTime").GetDouble());
        return (
            200,
            new JsonObject
            {
                [nameof(Events)] = new JsonArray([
                    .. Events
                        .AsEnumerable()
                        .Reverse()
                        .Where(each => each.Name == name && each.At >= since)
                        .Take(50)
                        .Select((each, i) => (JsonNode)Of(each, i)),
                ]),
            }
        );
    }

    private static JsonObject Of(TrailEvent each, int index) =>
        new()
        {
            ["EventId"] = $"event-{index}",
            ["EventName"] = each.Name,
            ["EventSource"] = "cloudformation.amazonaws.com",
            ["EventTime"] = each.At.ToUnixTimeSeconds(),
            ["Username"] = each.Who,
            ["ReadOnly"] = "false",
            ["CloudTrailEvent"] = new JsonObject
            {
                ["requestParameters"] = new JsonObject { ["stackName"] = each.Stack },
            }.ToJsonString(),
        };
}

/// <summary>A call that CloudTrail wrote down.</summary>
/// <param name="At">When.</param>
/// <param name="Name">Such as <c>ExecuteChangeSet</c>.</param>
/// <param name="Stack">The name or the ARN that the call gave.</param>
/// <param name="Who">The user, or the session of a role.</param>
internal sealed record TrailEvent(DateTimeOffset At, string Name, string Stack, string Who);
