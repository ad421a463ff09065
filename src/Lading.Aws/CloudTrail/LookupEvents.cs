using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.CloudTrail;

/// <summary>
/// cloudtrail:LookupEvents of one name: the callers of that CloudFormation operation, for all stacks.
/// </summary>
/// <param name="EventName">Such as <c>ExecuteChangeSet</c>.</param>
/// <param name="Since">The oldest event to return.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record LookupEvents(string EventName, DateTimeOffset Since, string? Next)
    : JsonOperation<AwsPage<StackCaller>>(AwsService.CloudTrail)
{
    /// <summary>The calls that start an operation of a stack.</summary>
    public static IReadOnlyList<string> Beginnings { get; } = ["ExecuteChangeSet", "UpdateStack", "CreateStack"];

    public override string Attempted => "Could not look up who deployed";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("LookupAttributes");
        json.WriteStartObject();
        json.WriteString("AttributeKey", "EventName");
        json.WriteString("AttributeValue", EventName);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("StartTime", Since.ToUnixTimeSeconds());
        json.WriteNumber("MaxResults", 50);
        if (Next is not null)
        {
            json.WriteString("NextToken", Next);
        }
    }

    protected override AwsPage<StackCaller> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "Events")
                    .Select(each => new StackCaller(
                        StackOf(each),
                        AwsJson.Time(each, "EventTime"),
                        AwsJson.Text(each, "Username")
                    ))
                    .Where(caller => caller.Stack.Length > 0),
            ],
            answer.FindText("NextToken")
        );

    /// <summary>The stack in the request, by name or ARN; empty if there is none, or if the call was refused.</summary>
    private static string StackOf(JsonElement each)
    {
        try
        {
            using var detail = JsonDocument.Parse(each.FindText("CloudTrailEvent") ?? "{}");
            return detail.RootElement.FindText("errorCode") is null
                ? detail.RootElement.FindText("requestParameters", "stackName") ?? ""
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
