using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>A registered task definition of a <see cref="TestEcs"/>.</summary>
internal sealed record EcsTaskDefinition(
    string Arn,
    string Family,
    int Revision,
    IReadOnlyDictionary<string, string> Images
)
{
    /// <summary>
    /// Inactive ones can still be described (Amazon ECS developer guide, "Deregistering a task definition revision").
    /// </summary>
    public bool IsActive { get; set; } = true;

    /// <summary>The ARN of the role that pulls images; null for none.</summary>
    public string? ExecutionRole { get; set; }

    /// <summary>
    /// <c>X86_64</c> or <c>ARM64</c>; null if not specified, which on Fargate means the former (API, RuntimePlatform).
    /// </summary>
    public string? Architecture { get; init; }

    /// <summary>As the API returns it.</summary>
    public JsonObject Document()
    {
        var document = new JsonObject
        {
            ["taskDefinitionArn"] = Arn,
            ["family"] = Family,
            ["revision"] = Revision,
            ["status"] = IsActive ? "ACTIVE" : "INACTIVE",
            ["requiresCompatibilities"] = new JsonArray("FARGATE"),
            ["containerDefinitions"] = new JsonArray([
                .. Images.Select(image =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = image.Key,
                            ["image"] = image.Value,
                            ["essential"] = true,
                        }
                ),
            ]),
        };
        if (ExecutionRole is { } role)
        {
            document["executionRoleArn"] = role;
        }

        if (Architecture is { } architecture)
        {
            document["runtimePlatform"] = new JsonObject
            {
                ["cpuArchitecture"] = architecture,
                ["operatingSystemFamily"] = "LINUX",
            };
        }

        return document;
    }
}
