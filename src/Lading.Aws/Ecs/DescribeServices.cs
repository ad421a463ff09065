using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeServices of up to ten services of one cluster.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="Services">ARNs.</param>
/// <param name="AskedAt">The time of the request.</param>
internal sealed record DescribeServices(string Cluster, IReadOnlyList<string> Services, DateTimeOffset AskedAt)
    : EcsOperation<AwsBatch<ServiceEvidence>>
{
    /// <summary>The maximum in one call (Amazon ECS API reference, DescribeServices).</summary>
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
            Name = AwsJson.Text(service, "serviceName"),
            Status = AwsJson.Text(service, "status"),
            TaskDefinition = AwsJson.Text(service, "taskDefinition"),
            Desired = AwsJson.Number(service, "desiredCount"),
            Running = AwsJson.Number(service, "runningCount"),
            Controller = service.FindText("deploymentController", "type") ?? "ECS",
            IsDaemon = service.FindText("schedulingStrategy") == "DAEMON",
            Stack = AwsJson
                .Items(service, "tags")
                .FirstOrDefault(tag => tag.FindText("key") == "aws:cloudformation:stack-id")
                .FindText("value"),
            Rollouts = [.. AwsJson.Items(service, "deployments").Select(ReadRollout)],
            TaskSets =
            [
                .. AwsJson
                    .Items(service, "taskSets")
                    .Select(set => new TaskSet(
                        AwsJson.Text(set, "id"),
                        AwsJson.Text(set, "status"),
                        AwsJson.Text(set, "taskDefinition"),
                        AwsJson.Text(set, "stabilityStatus") == "STEADY_STATE"
                    )
                    {
                        CreatedAt = AwsJson.Time(set, "createdAt"),
                        ExternalId = AwsJson.Text(set, "externalId"),
                    }),
            ],
            CurrentDeployment = service.FindText("currentServiceDeployment"),
            CurrentRevisions =
            [
                .. AwsJson.Items(service, "currentServiceRevisions").Select(revision => AwsJson.Text(revision, "arn")),
            ],
            Events =
            [
                .. AwsJson
                    .Items(service, "events")
                    .Take(10)
                    .Select(each => new ServiceEvent(AwsJson.Time(each, "createdAt"), AwsJson.Text(each, "message"))),
            ],
            Source = new FactOrigin("ecs:DescribeServices", Cluster, AskedAt),
        };

    private static Rollout ReadRollout(JsonElement deployment) =>
        new(
            AwsJson.Text(deployment, "status"),
            AwsJson.Text(deployment, "taskDefinition"),
            AwsJson.Number(deployment, "runningCount"),
            AwsJson.Number(deployment, "failedTasks"),
            AwsJson.Text(deployment, "rolloutState"),
            AwsJson.Text(deployment, "rolloutStateReason"),
            AwsJson.Time(deployment, "createdAt")
        );
}
