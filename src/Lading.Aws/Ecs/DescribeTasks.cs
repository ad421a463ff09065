using System.Text.Json;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeTasks of up to a hundred tasks of one cluster.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="Tasks">ARNs.</param>
/// <param name="AskedAt">When it is asked.</param>
internal sealed record DescribeTasks(string Cluster, IReadOnlyList<string> Tasks, DateTimeOffset AskedAt)
    : EcsOperation<AwsBatch<TaskEvidence>>
{
    /// <summary>The most that one call takes (Amazon ECS API reference, DescribeTasks).</summary>
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
            Group = EcsJson.Text(task, "group"),
            TaskDefinition = EcsJson.Text(task, "taskDefinitionArn"),
            LastStatus = EcsJson.Text(task, "lastStatus"),
            DesiredStatus = EcsJson.Text(task, "desiredStatus"),
            StartedBy = EcsJson.Text(task, "startedBy"),
            StartedAt = EcsJson.FindTime(task, "startedAt"),
            StoppedAt = EcsJson.FindTime(task, "stoppedAt"),
            StopCode = EcsJson.Text(task, "stopCode"),
            StoppedReason = EcsJson.Text(task, "stoppedReason"),
            Containers =
            [
                .. EcsJson
                    .Items(task, "containers")
                    .Select(container => new TaskContainer(
                        EcsJson.Text(container, "name"),
                        EcsJson.Text(container, "image"),
                        EcsJson.FindDigest(container, "imageDigest"),
                        EcsJson.Text(container, "lastStatus"),
                        EcsJson.FindNumber(container, "exitCode"),
                        EcsJson.Text(container, "reason"),
                        EcsJson.Text(container, "healthStatus")
                    )),
            ],
            Source = new FactOrigin("ecs:DescribeTasks", Cluster, AskedAt),
        };
}
