using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Schedules;

/// <summary>scheduler:ListSchedules of all groups, a hundred a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListSchedules(string? Next)
    : RestOperation<AwsPage<ListedSchedule>>(AwsService.Scheduler, HttpMethod.Get, "/schedules")
{
    public override string Attempted => "Could not list the schedules";

    protected override IReadOnlyList<KeyValuePair<string, string>> Query =>
        [
            KeyValuePair.Create("MaxResults", "100"),
            .. Next is null ? [] : new[] { KeyValuePair.Create("NextToken", Next) },
        ];

    protected override AwsPage<ListedSchedule> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "Schedules")
                    .Select(schedule => new ListedSchedule(
                        AwsJson.Text(schedule, "Name"),
                        AwsJson.Text(schedule, "GroupName")
                    )),
            ],
            answer.FindText("NextToken")
        );
}

/// <summary>A schedule of a listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">Its group.</param>
internal sealed record ListedSchedule(string Name, string Group);
