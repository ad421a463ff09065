using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.CodeDeploy;

/// <summary>A deployment of a <see cref="TestCodeDeploy"/>.</summary>
internal sealed class TestCodeDeployment(
    string id,
    string group,
    EcsService service,
    EcsTaskDefinition definition,
    DateTimeOffset createdAt
)
{
    public string Id => id;

    public string Application => $"{service.Name}-app";

    public string Group => group;

    public EcsService Service => service;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>
    /// <c>user</c>, <c>CloudFormation</c>, <c>codeDeployRollback</c> … (CodeDeploy API reference, DeploymentInfo).
    /// </summary>
    public string Creator { get; set; } = "user";

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Problem { get; set; }

    /// <summary>The deployment that rolled this one back; null if none did.</summary>
    public string? RolledBackBy { get; set; }

    /// <summary>Whether its AppSpec is YAML.</summary>
    public bool IsYaml { get; set; }

    private EcsDeployment? Set => service.Deployments.Find(each => each.ExternalId == id);

    public JsonObject Document()
    {
        var document = new JsonObject
        {
            ["deploymentId"] = id,
            ["applicationName"] = Application,
            ["deploymentGroupName"] = group,
            ["status"] =
                Problem is not null ? "Failed"
                : Set is { IsUnderWay: true } ? "InProgress"
                : "Succeeded",
            ["creator"] = Creator,
            ["createTime"] = EcsDocuments.Seconds(createdAt),
            ["computePlatform"] = "ECS",
            ["revision"] = new JsonObject
            {
                ["revisionType"] = "AppSpecContent",
                ["appSpecContent"] = new JsonObject { ["content"] = Specification() },
            },
        };
        EcsDocuments.Set(document, "completeTime", Set?.FinishedAt);
        if (Problem is not null)
        {
            document["errorInformation"] = new JsonObject { ["code"] = "HEALTH_CONSTRAINTS", ["message"] = Problem };
        }

        if (RolledBackBy is not null)
        {
            document["rollbackInfo"] = new JsonObject { ["rollbackDeploymentId"] = RolledBackBy };
        }

        return document;
    }

    /// <summary>CodeDeploy user guide, "AppSpec 'resources' section for Amazon ECS deployments".</summary>
    private string Specification() =>
        IsYaml
            ? $"version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n      Properties:\n        TaskDefinition: \"{definition.Arn}\"\n"
            : new JsonObject
            {
                ["version"] = 0.0,
                ["Resources"] = new JsonArray(
                    new JsonObject
                    {
                        ["TargetService"] = new JsonObject
                        {
                            ["Type"] = "AWS::ECS::Service",
                            ["Properties"] = new JsonObject { ["TaskDefinition"] = definition.Arn },
                        },
                    }
                ),
            }.ToJsonString();
}
