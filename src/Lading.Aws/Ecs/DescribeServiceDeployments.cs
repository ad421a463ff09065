using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeServiceDeployments of up to twenty deployments, of any services.</summary>
/// <param name="Deployments">ARNs.</param>
/// <param name="AskedAt">The time of the request.</param>
internal sealed record DescribeServiceDeployments(IReadOnlyList<string> Deployments, DateTimeOffset AskedAt)
    : EcsOperation<AwsBatch<DeploymentEvidence>>
{
    /// <summary>The maximum in one call (Amazon ECS API reference, DescribeServiceDeployments).</summary>
    public const int Most = 20;

    public override string Attempted => "Could not look at service deployments";

    protected override void Write(Utf8JsonWriter json) => WriteNames(json, "serviceDeploymentArns", Deployments);

    protected override AwsBatch<DeploymentEvidence> Read(JsonElement answer) =>
        ReadBatch(answer, "serviceDeployments", ReadDeployment);

    private DeploymentEvidence ReadDeployment(JsonElement deployment) =>
        new()
        {
            Arn = deployment.GetProperty("serviceDeploymentArn").GetString()!,
            ServiceArn = AwsJson.Text(deployment, "serviceArn"),
            Status = AwsJson.Text(deployment, "status"),
            StatusReason = AwsJson.Text(deployment, "statusReason"),
            CreatedAt = AwsJson.Time(deployment, "createdAt"),
            FinishedAt = AwsJson.FindTime(deployment, "finishedAt") ?? AwsJson.FindTime(deployment, "stoppedAt"),
            TargetRevision = AwsJson.Text(deployment, "targetServiceRevision", "arn"),
            SourceRevisions =
            [
                .. AwsJson
                    .Items(deployment, "sourceServiceRevisions")
                    .Select(revision => AwsJson.Text(revision, "arn")),
            ],
            RollbackReason = deployment.FindText("rollback", "reason"),
            RollbackRevision = deployment.FindText("rollback", "serviceRevisionArn"),
            CircuitBreaker = AwsJson.Text(deployment, "deploymentCircuitBreaker", "status"),
            TriggeredAlarms = deployment.TryGet(out var alarms, "alarms")
                ? [.. AwsJson.Items(alarms, "triggeredAlarmNames").Select(name => name.ToString())]
                : [],
            Stage = AwsJson.Text(deployment, "lifecycleStage"),
            Source = new FactOrigin("ecs:DescribeServiceDeployments", "", AskedAt),
        };
}
