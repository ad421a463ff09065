using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ecs;

/// <summary>ecs:ListServiceDeployments of a service: the successful ones, the newest first.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="ServiceArn">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListSuccessfulDeployments(string Cluster, string ServiceArn, string? Next)
    : EcsOperation<AwsPage<SuccessfulDeployment>>
{
    public override string Name => "ListServiceDeployments";

    public override string Attempted => $"Could not list the deployments of {ServiceArn}";

    /// <remarks>Services under another controller have none.</remarks>
    public override IReadOnlyCollection<string> Expected => ["UnsupportedFeatureException"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("cluster", Cluster);
        json.WriteString("service", ServiceArn);
        WriteNames(json, "status", ["SUCCESSFUL"]);
        WritePage(json, Next);
    }

    protected override AwsPage<SuccessfulDeployment> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "serviceDeployments")
                    .Select(deployment => new SuccessfulDeployment(
                        AwsJson.Text(deployment, "targetServiceRevisionArn"),
                        AwsJson.Time(deployment, "createdAt")
                    )),
            ],
            answer.FindText("nextToken")
        );
}

/// <summary>A deployment that succeeded.</summary>
/// <param name="Revision">The ARN of its target revision.</param>
/// <param name="CreatedAt">When it began.</param>
internal sealed record SuccessfulDeployment(string Revision, DateTimeOffset CreatedAt);
