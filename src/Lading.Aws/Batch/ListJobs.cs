using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Batch;

/// <summary>batch:ListJobs: the ids of the jobs of a queue in a given state.</summary>
/// <param name="Queue">The queue's ARN.</param>
/// <param name="Status">One of <see cref="Unfinished"/>.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListJobs(string Queue, string Status, string? Next)
    : RestOperation<AwsPage<string>>(AwsService.Batch, HttpMethod.Post, "/v1/listjobs")
{
    /// <summary>
    /// The states of unfinished jobs, in the order in which a job passes through them, so that a job that changes its
    /// state is not missed (AWS Batch user guide, "Job states").
    /// </summary>
    public static IReadOnlyList<string> Unfinished { get; } =
    ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"];

    public override string Attempted => "Could not list the jobs of a queue";

    protected override bool HasBody => true;

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("jobQueue", Queue);
        json.WriteString("jobStatus", Status);
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [.. AwsJson.Items(answer, "jobSummaryList").Select(job => AwsJson.Text(job, "jobId"))],
            answer.FindText("nextToken")
        );
}
