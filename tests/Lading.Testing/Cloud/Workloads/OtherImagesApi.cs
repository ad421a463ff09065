using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Workloads;

/// <summary>
/// App Runner, SageMaker, CodeBuild and Step Functions, as far as they name images (each service's API reference).
/// </summary>
internal sealed class OtherImagesApi(string account, string region)
{
    public static IReadOnlyList<string> Operations { get; } =
    [
        "apprunner:ListServices",
        "apprunner:DescribeService",
        "sagemaker:ListModels",
        "sagemaker:DescribeModel",
        "codebuild:ListProjects",
        "codebuild:BatchGetProjects",
        "states:ListStateMachines",
        "states:ListStateMachineVersions",
        "states:DescribeStateMachine",
    ];

    /// <summary>The images of App Runner's services, by name.</summary>
    public Dictionary<string, string> AppRunner { get; } = new(StringComparer.Ordinal);

    /// <summary>The images of SageMaker's models, by name.</summary>
    public Dictionary<string, string> Models { get; } = new(StringComparer.Ordinal);

    /// <summary>The images of CodeBuild's projects, by name.</summary>
    public Dictionary<string, string> Builds { get; } = new(StringComparer.Ordinal);

    /// <summary>The definitions of state machines, by name; a colon in it precedes the number of a version.</summary>
    public Dictionary<string, string> StateMachines { get; } = new(StringComparer.Ordinal);

    /// <summary>Operations that the caller may not use, as policies name them.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    public (int Status, JsonObject Body) Answer(string action, JsonElement input)
    {
        if (Denied.Contains(action))
        {
            return (
                400,
                new JsonObject
                {
                    ["__type"] = "AccessDeniedException",
                    ["message"] = $"not authorized to perform: {action}",
                }
            );
        }

        return (
            200,
            action switch
            {
                "apprunner:ListServices" => List("ServiceSummaryList", AppRunner.Keys.Select(Summary)),
                "apprunner:DescribeService" => new JsonObject { ["Service"] = Service(NameIn(input, "ServiceArn")) },
                "sagemaker:ListModels" => List("Models", Models.Keys.Select(Model)),
                "sagemaker:DescribeModel" => DescribeModel(NameIn(input, "ModelName")),
                "codebuild:ListProjects" => new JsonObject
                {
                    ["projects"] = new JsonArray([.. Builds.Keys.Select(name => (JsonNode)JsonValue.Create(name))]),
                },
                "codebuild:BatchGetProjects" => List(
                    "projects",
                    input.GetProperty("names").EnumerateArray().Select(name => Project(name.GetString()!))
                ),
                "states:ListStateMachines" => List(
                    "stateMachines",
                    StateMachines.Keys.Where(name => !name.Contains(':', StringComparison.Ordinal)).Select(Machine)
                ),
                "states:ListStateMachineVersions" => List(
                    "stateMachineVersions",
                    StateMachines
                        .Keys.Where(name =>
                            name.StartsWith($"{NameIn(input, "stateMachineArn")}:", StringComparison.Ordinal)
                        )
                        .Select(name => new JsonObject
                        {
                            ["stateMachineVersionArn"] = ArnOf(name),
                            ["creationDate"] = 0,
                        })
                ),
                "states:DescribeStateMachine" => DescribeMachine(
                    input.GetProperty("stateMachineArn").GetString()!.Split(":stateMachine:")[1]
                ),
                _ => throw new NotSupportedException(action),
            }
        );
    }

    private JsonObject Summary(string name) =>
        new()
        {
            ["ServiceName"] = name,
            ["ServiceArn"] = $"arn:aws:apprunner:{region}:{account}:service/{name}",
            ["Status"] = "RUNNING",
        };

    private JsonObject Service(string name) =>
        new()
        {
            ["ServiceName"] = name,
            ["ServiceId"] = name,
            ["ServiceArn"] = $"arn:aws:apprunner:{region}:{account}:service/{name}",
            ["Status"] = "RUNNING",
            ["CreatedAt"] = 0,
            ["UpdatedAt"] = 0,
            ["InstanceConfiguration"] = new JsonObject(),
            ["AutoScalingConfigurationSummary"] = new JsonObject(),
            ["NetworkConfiguration"] = new JsonObject(),
            ["SourceConfiguration"] = new JsonObject
            {
                ["ImageRepository"] = new JsonObject
                {
                    ["ImageIdentifier"] = AppRunner[name],
                    ["ImageRepositoryType"] = "ECR",
                },
            },
        };

    private JsonObject Model(string name) =>
        new()
        {
            ["ModelName"] = name,
            ["ModelArn"] = $"arn:aws:sagemaker:{region}:{account}:model/{name}",
            ["CreationTime"] = 0,
        };

    private JsonObject DescribeModel(string name)
    {
        var model = Model(name);
        model["PrimaryContainer"] = new JsonObject { ["Image"] = Models[name] };
        return model;
    }

    private JsonObject Project(string name) =>
        new()
        {
            ["name"] = name,
            ["environment"] = new JsonObject
            {
                ["type"] = "LINUX_CONTAINER",
                ["image"] = Builds[name],
                ["computeType"] = "BUILD_GENERAL1_SMALL",
            },
        };

    private JsonObject Machine(string name) =>
        new()
        {
            ["stateMachineArn"] = ArnOf(name),
            ["name"] = name,
            ["type"] = "STANDARD",
            ["creationDate"] = 0,
        };

    private JsonObject DescribeMachine(string name)
    {
        var machine = Machine(name.Split(':')[0]);
        machine["stateMachineArn"] = ArnOf(name);
        machine["definition"] = StateMachines[name];
        machine["roleArn"] = $"arn:aws:iam::{account}:role/states";
        return machine;
    }

    private string ArnOf(string name) => $"arn:aws:states:{region}:{account}:stateMachine:{name}";

    private static string NameIn(JsonElement input, string member)
    {
        var text = input.GetProperty(member).GetString()!;
        return text[(text.LastIndexOfAny(['/', ':']) + 1)..];
    }

    private static JsonObject List(string member, IEnumerable<JsonObject> items) =>
        new() { [member] = new JsonArray([.. items.Select(item => (JsonNode)item)]) };
}
