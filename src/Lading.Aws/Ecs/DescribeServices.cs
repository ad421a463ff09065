using System.Text.Json;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeServices of up to ten services of one cluster.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="Services">ARNs.</param>
/// <param name="AskedAt">When it is asked.</param>
internal sealed record DescribeServices(string Cluster, IReadOnlyList<string> Services, DateTimeOffset AskedAt)
    : EcsOperation<AwsBatch<ServiceEvidence>>
{
    /// <summary>The most that one call takes (Amazon ECS API reference, DescribeServices).</summary>
    public const int Most = 10;

    public override string Attempted => $"Could not look at services of {Cluster}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("cluster", Cluster);
        WriteNames(json, "services", Services);
        WriteNames(json, "include", ["TAGS"]);
    }

    protected override AwsBatch<ServiceEvidence> Read(JsonElement answer) => ReadBatch(answer, "services", ReadService);

    private ServiceEvidence ReadService(JsonElement service) =>
        new()
        {
            Arn = service.GetProperty("serviceArn").GetString()!,
            ClusterArn = service.FindText("clusterArn") ?? Cluster,
            Name = EcsJson.Text(service, "serviceName"),
            Status = EcsJson.Text(service, "status"),
            TaskDefinition = EcsJson.Text(service, "taskDefinition"),
            Desired = EcsJson.Number(service, "desiredCount"),
            Running = EcsJson.Number(service, "runningCount"),
            Pending = EcsJson.Number(service, "pendingCount"),
            Controller = service.FindText("deploymentController", "type") ?? "ECS",
            IsDaemon = service.FindText("schedulingStrategy") == "DAEMON",
            Stack = EcsJson
                .Items(service, "tags")
                .FirstOrDefault(tag => tag.FindText("key") == "aws:cloudformation:stack-id")
                .FindText("value"),
            Rollouts = [.. EcsJson.Items(service, "deployments").Select(ReadRollout)],
            TaskSets =
            [
                .. EcsJson
                    .Items(service, "taskSets")
                    .Select(set => new TaskSet(
                        EcsJson.Text(set, "id"),
                        EcsJson.Text(set, "status"),
                        EcsJson.Text(set, "taskDefinition"),
                        EcsJson.Text(set, "stabilityStatus") == "STEADY_STATE"
                    )
                    {
                        CreatedAt = EcsJson.Time(set, "createdAt"),
                        ExternalId = EcsJson.Text(set, "externalId"),
                    }),
            ],
            CurrentDeployment = service.FindText("currentServiceDeployment"),
            CurrentRevisions =
            [
                .. EcsJson
                    .Items(service, "currentServiceRevisions")
                    .Select(revision => new RevisionCount(
                        EcsJson.Text(revision, "arn"),
                        EcsJson.Number(revision, "requestedTaskCount"),
                        EcsJson.Number(revision, "runningTaskCount"),
                        EcsJson.Number(revision, "pendingTaskCount")
                    )),
            ],
            Events =
            [
                .. EcsJson
                    .Items(service, "events")
                    .Take(10)
                    .Select(each => new ServiceEvent(EcsJson.Time(each, "createdAt"), EcsJson.Text(each, "message"))),
            ],
            Source = new FactOrigin("ecs:DescribeServices", Cluster, AskedAt),
        };

    private static Rollout ReadRollout(JsonElement deployment) =>
        new(
            EcsJson.Text(deployment, "id"),
            EcsJson.Text(deployment, "status"),
            EcsJson.Text(deployment, "taskDefinition"),
            EcsJson.Number(deployment, "desiredCount"),
            EcsJson.Number(deployment, "runningCount"),
            EcsJson.Number(deployment, "failedTasks"),
            EcsJson.Text(deployment, "rolloutState"),
            EcsJson.Text(deployment, "rolloutStateReason"),
            EcsJson.Time(deployment, "createdAt")
        );
}
