using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeTasks of up to a hundred tasks of one cluster.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="Tasks">ARNs.</param>
/// <param name="AskedAt">The time of the request.</param>
internal sealed record DescribeTasks(string Cluster, IReadOnlyList<string> Tasks, DateTimeOffset AskedAt)
    : EcsOperation<AwsBatch<TaskEvidence>>
{
    /// <summary>The maximum in one call (Amazon ECS API reference, DescribeTasks).</summary>
    public const int Most = 100;

    public override string Attempted => $"Could not look at tasks of {Cluster}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("cluster", Cluster);
        WriteNames(json, "tasks", Tasks);
    }

    protected override AwsBatch<TaskEvidence> Read(JsonElement answer) => ReadBatch(answer, "tasks", ReadTask);

    private TaskEvidence ReadTask(JsonElement task) =>
        new()
        {
            Arn = task.GetProperty("taskArn").GetString()!,
            ClusterArn = task.FindText("clusterArn") ?? Cluster,
            Group = AwsJson.Text(task, "group"),
            TaskDefinition = AwsJson.Text(task, "taskDefinitionArn"),
            LastStatus = AwsJson.Text(task, "lastStatus"),
            DesiredStatus = AwsJson.Text(task, "desiredStatus"),
            StoppedAt = AwsJson.FindTime(task, "stoppedAt"),
            StopCode = AwsJson.Text(task, "stopCode"),
            StoppedReason = AwsJson.Text(task, "stoppedReason"),
            Containers =
            [
                .. AwsJson
                    .Items(task, "containers")
                    .Select(container => new TaskContainer(
                        AwsJson.Text(container, "name"),
                        AwsJson.Text(container, "image"),
                        AwsJson.FindDigest(container, "imageDigest"),
                        AwsJson.FindNumber(container, "exitCode"),
                        AwsJson.Text(container, "reason")
                    )),
            ],
            Source = new FactOrigin("ecs:DescribeTasks", Cluster, AskedAt),
        };
}
