using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeDeploy;

/// <summary>codedeploy:BatchGetDeploymentGroups of up to a hundred of one application, with their services.</summary>
/// <param name="Application">Its name.</param>
/// <param name="Groups">Their names.</param>
internal sealed record BatchGetDeploymentGroups(string Application, IReadOnlyList<string> Groups)
    : JsonOperation<IReadOnlyList<DeploymentGroup>>(AwsService.CodeDeploy)
{
    /// <summary>The maximum in one call (CodeDeploy API reference, BatchGetDeploymentGroups).</summary>
    public const int Most = 100;

    public override string Attempted => $"Could not look at the deployment groups of {Application}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("applicationName", Application);
        json.WriteStartArray("deploymentGroupNames");
        foreach (var group in Groups)
        {
            json.WriteStringValue(group);
        }

        json.WriteEndArray();
    }

    protected override IReadOnlyList<DeploymentGroup> Read(JsonElement answer) =>
        [
            .. AwsJson
                .Items(answer, "deploymentGroupsInfo")
                .Select(group => new DeploymentGroup(
                    Application,
                    AwsJson.Text(group, "deploymentGroupName"),
                    [
                        .. AwsJson
                            .Items(group, "ecsServices")
                            .Select(service =>
                                $"{AwsJson.Text(service, "clusterName")}/{AwsJson.Text(service, "serviceName")}"
                            ),
                    ]
                )),
        ];
}

/// <summary>A deployment group.</summary>
/// <param name="Application">Its application.</param>
/// <param name="Name">Its name.</param>
/// <param name="Services">Each as <c>cluster/service</c>.</param>
internal sealed record DeploymentGroup(string Application, string Name, IReadOnlyList<string> Services);
