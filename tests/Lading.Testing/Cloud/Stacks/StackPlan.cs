using System.Text.Json.Nodes;
using Lading.Records;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>What a test deploys: a stack with services, each with the images of its containers.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Services">By logical id.</param>
internal sealed record StackPlan(string Name, IReadOnlyDictionary<string, ServicePlan> Services)
{
    /// <summary>Whether a record is written, as Lading's constructs do.</summary>
    public bool HasRecord { get; init; } = true;

    /// <summary>The template's other resources, by logical id.</summary>
    public IReadOnlyDictionary<string, OtherPlan> Others { get; init; } = new Dictionary<string, OtherPlan>();

    /// <summary>The cluster of its services.</summary>
    public string Cluster { get; init; } = "main";

    /// <summary>The template as submitted; null if it is <see cref="Template"/>.</summary>
    public string? Text { get; init; }

    /// <summary>The record's value in a submitted template.</summary>
    public string? Record { get; init; }

    public static string DefinitionOf(string service) => $"{service}Task";

    /// <summary>The template for CloudFormation.</summary>
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

        if (HasRecord)
        {
            resources["LadingRecord"] = new JsonObject
            {
                ["Type"] = "AWS::SSM::Parameter",
                ["Properties"] = new JsonObject
                {
                    [nameof(Name)] = StackRecord.ParameterOf(Name),
                    ["Type"] = "String",
                    ["Value"] = Record ?? StackRecordText.Of(this),
                },
            };
        }

        foreach (var (id, other) in Others)
        {
            resources[id] = other.Resource.DeepClone();
        }

        return new JsonObject { ["Resources"] = resources };
    }

    /// <summary>
    /// Reads a template whose services and task definitions are named as <see cref="Template"/> names them.
    /// </summary>
    /// <param name="name">The stack's name.</param>
    /// <param name="text">The template.</param>
    /// <param name="before">Supplies what is not read from templates here, such as circuit breakers.</param>
    public static StackPlan Read(string name, string text, StackPlan? before = null)
    {
        var resources = JsonNode.Parse(text)!["Resources"]!.AsObject();
        var services = new Dictionary<string, ServicePlan>(StringComparer.Ordinal);
        foreach (var (id, resource) in resources.Where(each => TypeOf(each.Value) == "AWS::ECS::Service"))
        {
            var containers = resources[DefinitionOf(id)]!["Properties"]!["ContainerDefinitions"]!.AsArray();
            var desired = resource!["Properties"]!["DesiredCount"]?.GetValue<int>() ?? 1;
            var images = containers.ToDictionary(each => $"{each![nameof(Name)]}", each => TextOf(each!["Image"]!));
            services.Add(
                id,
                before?.Services.GetValueOrDefault(id) is { } known
                    ? known with
                    {
                        Desired = desired,
                        Images = images,
                    }
                    : new ServicePlan(desired, images)
            );
        }

        var record = resources.Select(each => each.Value).FirstOrDefault(each => TypeOf(each) == "AWS::SSM::Parameter");
        return new StackPlan(name, services)
        {
            HasRecord = record is not null,
            Record = record?["Properties"]!["Value"]!.GetValue<string>(),
            Text = text,
            Cluster = before?.Cluster ?? "main",
        };
    }

    private static string? TypeOf(JsonNode? resource) => resource?["Type"]?.GetValue<string>();

    /// <summary>A string, or an <c>Fn::Join</c> of strings and the URL suffix.</summary>
    public static string TextOf(JsonNode value) =>
        value is JsonValue
            ? value.GetValue<string>()
            : string.Concat(
                value["Fn::Join"]![1]!.AsArray().Select(part => part is JsonValue ? $"{part}" : "amazonaws.com")
            );
}

/// <summary>A service of a <see cref="StackPlan"/>.</summary>
/// <param name="Desired">The desired number of tasks.</param>
/// <param name="Images">By container.</param>
internal sealed record ServicePlan(int Desired, IReadOnlyDictionary<string, string> Images)
{
    /// <summary>Whether the circuit breaker is on and rolls back.</summary>
    public bool HasBreaker { get; init; }

    public string Strategy { get; init; } = "ROLLING";

    /// <summary>
    /// <c>ECS</c>, <c>CODE_DEPLOY</c> or <c>EXTERNAL</c>; CloudFormation leaves services of the last two on what they
    /// run.
    /// </summary>
    public string Controller { get; init; } = "ECS";

    public TimeSpan BakeTime { get; init; }

    /// <summary><c>X86_64</c> or <c>ARM64</c>; null if the task definition does not specify it.</summary>
    public string? Architecture { get; init; }

    public IReadOnlyList<string> Alarms { get; init; } = [];
}

/// <summary>A resource of a <see cref="StackPlan"/> other than a service.</summary>
/// <param name="PhysicalId">What CloudFormation names the resource that it created.</param>
/// <param name="Resource">The resource in the template.</param>
internal sealed record OtherPlan(string PhysicalId, JsonObject Resource);
