using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>What a test deploys: a stack with services, each with the images of its containers.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Services">By logical id.</param>
internal sealed record StackPlan(string Name, IReadOnlyDictionary<string, ServicePlan> Services)
{
    /// <summary>Whether a record is written, as Lading's constructs have it.</summary>
    public bool HasRecord { get; init; } = true;

    /// <summary>The cluster of its services.</summary>
    public string Cluster { get; init; } = "main";

    public static string DefinitionOf(string service) => $"{service}Task";

    /// <summary>As CloudFormation is given it.</summary>
    public JsonObject Template()
    {
        var resources = new JsonObject();
        foreach (var (id, service) in Services)
        {
            resources[DefinitionOf(id)] = new JsonObject
            {
                ["Type"] = "AWS::ECS::TaskDefinition",
                ["Properties"] = new JsonObject
                {
                    ["Family"] = $"{Name}{id}",
                    ["RequiresCompatibilities"] = new JsonArray("FARGATE"),
                    ["ContainerDefinitions"] = new JsonArray([
                        .. service.Images.Select(image =>
                            (JsonNode)new JsonObject { [nameof(Name)] = image.Key, ["Image"] = image.Value }
                        ),
                    ]),
                },
            };
            resources[id] = new JsonObject
            {
                ["Type"] = "AWS::ECS::Service",
                ["Properties"] = new JsonObject
                {
                    ["TaskDefinition"] = new JsonObject { ["Ref"] = DefinitionOf(id) },
                    ["DesiredCount"] = service.Desired,
                },
            };
        }

        return new JsonObject { ["Resources"] = resources };
    }
}

/// <summary>A service of a <see cref="StackPlan"/>.</summary>
/// <param name="Desired">Tasks.</param>
/// <param name="Images">By container.</param>
internal sealed record ServicePlan(int Desired, IReadOnlyDictionary<string, string> Images)
{
    /// <summary>Set where the circuit breaker is on and rolls back.</summary>
    public bool HasBreaker { get; init; }

    public string Strategy { get; init; } = "ROLLING";

    public TimeSpan BakeTime { get; init; }

    public IReadOnlyList<string> Alarms { get; init; } = [];
}
