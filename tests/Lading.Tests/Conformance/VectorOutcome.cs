using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using Amazon.CDK.AWS.ECS;

namespace Lading.Tests.Conformance;

/// <summary>
/// The parts of the outcome of a vector's app for which it has expectations, in the terms of vectors.
/// </summary>
internal sealed class VectorOutcome(VectorApp app, JsonObject expect)
{
    private readonly Dictionary<string, JsonNode> templates = app.Stacks.ToDictionary(
        pair => pair.Key,
        pair => JsonNode.Parse(JsonSerializer.Serialize(Template.FromStack(pair.Value).ToJSON()))!,
        StringComparer.Ordinal
    );

    public JsonObject ToJson()
    {
        var outcome = new JsonObject();
        foreach (var (key, expected) in expect)
        {
            outcome[key] = key switch
            {
                "images" => Each(expected, path => ContainerOf(path)["Image"]),
                "consistency" => Each(expected, path => ContainerOf(path)["VersionConsistency"]),
                "outputs" => Each(expected, path => templates[Above(path)]["Outputs"]![Last(path)]!["Value"]),
                "pulls" => Each(expected, PullsOf),
                "assets" => Each(expected, path => VectorAssets.Of(app.Stacks[path])),
                "qualifiers" => Each(expected, path => app.Stacks[path].Synthesizer.BootstrapQualifier),
                "annotations" => new JsonArray([.. app.Stacks.Values.Where(IsTop).SelectMany(AnnotationsOf)]),
                "repositories" => Each(expected, path => VectorRepositories.Of(templates[path])),
                "records" => new JsonArray([.. app.Stacks.Keys.SelectMany(RecordsOf)]),
                _ => throw new InvalidOperationException($"Vectors expect nothing of {key}."),
            };
        }

        return outcome;
    }

    private static JsonObject Each(JsonNode? expected, Func<string, JsonNode?> of) =>
        new(Vector.Members(expected).Select(pair => KeyValuePair.Create(pair.Key, of(pair.Key)?.DeepClone())));

    private JsonNode ContainerOf(string path)
    {
        var task = app.Containers[path];
        var definition = app.Tasks[task];
        var id = (string)definition.Stack.Resolve(((CfnTaskDefinition)definition.Node.DefaultChild!).LogicalId)!;
        return templates[Above(task)]["Resources"]![id]!["Properties"]!["ContainerDefinitions"]!
            .AsArray()
            .Single(container => Vector.Text(container!["Name"]) == Last(path))!;
    }

    private JsonNode? PullsOf(string path) =>
        app.Tasks[path].ExecutionRole is null
            ? Vector.Members(expect["pulls"]).Single(pair => pair.Key == path).Value is null
                ? null
                : new JsonArray()
            : new JsonArray([
                .. templates[Above(path)]["Resources"]!
                    .AsObject()
                    .Where(each =>
                        Vector.Text(each.Value!["Type"]) == "AWS::IAM::Policy"
                        && each.Key.StartsWith(Last(path) + "ExecutionRole", StringComparison.Ordinal)
                    )
                    .SelectMany(each => each.Value!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray())
                    .Select(statement => statement!["Resource"]!.DeepClone())
                    .Where(resource => resource.ToJsonString() != "\"*\""),
            ]);

    private static bool IsTop(Stack stack) => stack.NestedStackParent is null;

    private static IEnumerable<JsonNode> AnnotationsOf(Stack stack)
    {
        var found = Amazon.CDK.Assertions.Annotations.FromStack(stack);
        return Texts("error", found.FindError("*", Match.AnyValue()))
            .Concat(Texts("warning", found.FindWarning("*", Match.AnyValue())));
    }

    private static IEnumerable<JsonNode> Texts(string level, Amazon.CDK.CXAPI.ISynthesisMessage[] messages) =>
        messages.Select(message => new JsonObject
        {
            ["level"] = level,
            ["path"] = message.Id,
            ["text"] = message.Entry.Data!.ToString(),
        });

    private IEnumerable<JsonNode> RecordsOf(string stack) =>
        (templates[stack]["Resources"]?.AsObject() ?? [])
            .Select(each => each.Value!)
            .Where(resource => Vector.Text(resource["Type"]) == "AWS::SSM::Parameter")
            .Select(resource => new JsonObject
            {
                ["stack"] = stack,
                ["name"] = resource["Properties"]!["Name"]!.DeepClone(),
                ["value"] = resource["Properties"]!["Value"]!.DeepClone(),
                ["dependsOn"] = new JsonArray([
                    .. (resource["DependsOn"]?.AsArray() ?? [])
                        .Select(each => Vector.Text(each)!)
                        .Order(StringComparer.Ordinal)
                        .Select(each => (JsonNode)each),
                ]),
            })
            .OrderBy(record => Vector.Text(record["name"]), StringComparer.Ordinal);

    private static string Above(string path) => path[..path.LastIndexOf('/')];

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
