using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Trail;

/// <summary>
/// CloudTrail's events of calls to CloudFormation: the newest first, 50 a page (CloudTrail API, LookupEvents).
/// </summary>
internal sealed class TestTrail
{
    public static IReadOnlyList<string> Operations { get; } = ["cloudtrail:LookupEvents"];

    /// <summary>The newest last.</summary>
    public List<TrailEvent> Events { get; } = [];

    /// <summary>Whether the caller is denied access.</summary>
    public bool IsDenied { get; set; }

    public (int Status, JsonObject Body) Answer(JsonElement input)
    {
        if (IsDenied)
        {
            return (400, new JsonObject { ["__type"] = "AccessDeniedException", ["message"] = "not authorized" });
        }

        var name = input.GetProperty("LookupAttributes")[0].GetProperty("AttributeValue").GetString();
        var since = DateTimeOffset.FromUnixTimeSeconds((long)input.GetProperty("StartTime").GetDouble());
        var found = Events.AsEnumerable().Reverse().Where(each => each.Name == name && each.At >= since).ToList();
        var from = input.TryGetProperty("NextToken", out var token)
            ? int.Parse(token.GetString()!, CultureInfo.InvariantCulture)
            : 0;
        var answer = new JsonObject
        {
            [nameof(Events)] = new JsonArray([
                .. found.Skip(from).Take(50).Select((each, i) => (JsonNode)Of(each, from + i)),
            ]),
        };
        if (from + 50 < found.Count)
        {
            answer["NextToken"] = (from + 50).ToString(CultureInfo.InvariantCulture);
        }

        return (200, answer);
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
            ["CloudTrailEvent"] = Detail(each).ToJsonString(),
        };

    /// <summary>A refused call has an error (CloudTrail user guide, "CloudTrail record contents").</summary>
    private static JsonObject Detail(TrailEvent each)
    {
        var detail = new JsonObject { ["requestParameters"] = new JsonObject { ["stackName"] = each.Stack } };
        if (each.Error is { } error)
        {
            detail["errorCode"] = error;
        }

        return detail;
    }
}

/// <summary>A call that CloudTrail recorded.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Name">Such as <c>ExecuteChangeSet</c>.</param>
/// <param name="Stack">The name or the ARN that the call gave.</param>
/// <param name="Who">The user, or the session of a role.</param>
internal sealed record TrailEvent(DateTimeOffset At, string Name, string Stack, string Who)
{
    /// <summary>Why the call was refused; null if it was not.</summary>
    public string? Error { get; init; }
}
