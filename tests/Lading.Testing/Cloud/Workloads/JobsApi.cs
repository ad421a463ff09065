using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.Workloads;

/// <summary>Batch's queues and jobs (AWS Batch API reference, each operation's page).</summary>
internal sealed class JobsApi(TestWorkloads workloads, TestEcs ecs)
{
    private const string Queue = "main";

    public static IReadOnlyList<string> Operations { get; } =
    ["batch:DescribeJobQueues", "batch:ListJobs", "batch:DescribeJobs"];

    /// <summary>The operation that a path stands for; null if there is none here.</summary>
    public static string? OperationOf(string path) =>
        path switch
        {
            "/v1/describejobqueues" => "DescribeJobQueues",
            "/v1/listjobs" => "ListJobs",
            "/v1/describejobs" => "DescribeJobs",
            _ => null,
        };

    /// <param name="action">As policies name it.</param>
    /// <param name="input">The request body.</param>
    public (int Status, JsonObject Body) Answer(string action, JsonElement input) =>
        action switch
        {
            "batch:DescribeJobQueues" => (200, List("jobQueues", workloads.QueuedJobs.Take(1).Select(_ => OfQueue()))),
            "batch:ListJobs" => (
                200,
                List(
                    "jobSummaryList",
                    workloads
                        .QueuedJobs.Where(job => job.Status == input.GetProperty("jobStatus").GetString())
                        .Select(Summary)
                )
            ),
            "batch:DescribeJobs" => (
                200,
                List("jobs", workloads.QueuedJobs.Where(job => Named(input).Contains(IdOf(job))).Select(Of))
            ),
            _ => throw new NotSupportedException(action),
        };

    private static HashSet<string?> Named(JsonElement input) =>
        [.. input.GetProperty("jobs").EnumerateArray().Select(id => id.GetString())];

    private static string IdOf(TestJob job) => $"id-of-{job.Name}";

    private JsonObject OfQueue() =>
        new()
        {
            ["jobQueueName"] = Queue,
            ["jobQueueArn"] = QueueArn,
            ["state"] = "ENABLED",
            ["priority"] = 1,
            ["computeEnvironmentOrder"] = new JsonArray(),
        };

    private JsonObject Summary(TestJob job) =>
        new()
        {
            ["jobId"] = IdOf(job),
            ["jobName"] = job.Name,
            ["status"] = job.Status,
        };

    private JsonObject Of(TestJob job)
    {
        var detail = Summary(job);
        detail["jobQueue"] = QueueArn;
        detail["jobDefinition"] = $"arn:aws:batch:{ecs.Region}:{ecs.Account}:job-definition/{job.Name}:1";
        detail["startedAt"] = 0;
        detail["container"] = new JsonObject { ["image"] = job.Image };
        return detail;
    }

    private string QueueArn => $"arn:aws:batch:{ecs.Region}:{ecs.Account}:job-queue/{Queue}";

    private static JsonObject List(string member, IEnumerable<JsonObject> items) =>
        new() { [member] = new JsonArray([.. items.Select(item => (JsonNode)item)]) };
}
