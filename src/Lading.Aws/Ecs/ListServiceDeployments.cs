using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ecs;

/// <summary>ecs:ListServiceDeployments of a service, the newest first: their ARNs.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="ServiceArn">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListServiceDeployments(string Cluster, string ServiceArn, string? Next)
    : EcsOperation<AwsPage<string>>
{
    public override string Attempted => $"Could not list the deployments of {ServiceArn}";

    /// <remarks>Services under another controller have none.</remarks>
    public override IReadOnlyCollection<string> Expected => ["UnsupportedFeatureException"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("cluster", Cluster);
        json.WriteString("service", ServiceArn);
        WritePage(json, Next);
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "serviceDeployments")
                    .Select(deployment => deployment.GetProperty("serviceDeploymentArn").GetString()!),
            ],
            answer.FindText("nextToken")
        );
}
