using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.Workloads;

/// <summary>
/// The APIs of Lambda, EventBridge, EventBridge Scheduler and Batch, over a <see cref="TestWorkloads"/> (each service's
/// API reference). Unknown names are errors in Lambda, EventBridge and Scheduler; Batch leaves them out.
/// </summary>
internal sealed class WorkloadsApi(TestWorkloads workloads, TestEcs ecs)
{
    public static IReadOnlyList<string> Operations { get; } =
    [
        "lambda:GetFunction",
        "lambda:ListFunctions",
        "events:ListEventBuses",
        "events:ListRules",
        "events:ListTargetsByRule",
        "scheduler:GetSchedule",
        "scheduler:ListSchedules",
        "batch:DescribeJobDefinitions",
        .. JobsApi.Operations,
    ];

    private const int BatchMost = 100;

    /// <summary>The operation that a REST path stands for; null if there is none here.</summary>
    public static string? OperationOf(string service, string method, string path) =>
        (service, method) switch
        {
            ("lambda", "GET") when path.StartsWith("/2015-03-31/functions/", StringComparison.Ordinal) => "GetFunction",
            ("lambda", "GET") when path == "/2015-03-31/functions" => "ListFunctions",
            ("scheduler", "GET") when path == "/schedules" => "ListSchedules",
            ("scheduler", "GET") when path.StartsWith("/schedules/", StringComparison.Ordinal) => "GetSchedule",
            ("batch", "POST") when path == "/v1/describejobdefinitions" => "DescribeJobDefinitions",
            ("batch", "POST") => JobsApi.OperationOf(path),
            _ => null,
        };

    /// <param name="action">As policies name it.</param>
    /// <param name="path">The path of a REST call, whose last segment is a name.</param>
    /// <param name="query">The query, unescaped.</param>
    /// <param name="input">The request body.</param>
    public (int Status, JsonObject Body) Answer(
        string action,
        string path,
        IReadOnlyDictionary<string, string> query,
        JsonElement input
    )
    {
        if (workloads.Denied.Contains(action))
        {
            return Error(403, "AccessDeniedException", $"not authorized to perform: {action}");
        }

        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return action switch
        {
            "lambda:ListFunctions" => (200, List("Functions", workloads.Functions.Select(ConfigurationOf))),
            "scheduler:ListSchedules" => (200, List("Schedules", workloads.Schedules.Select(Listed))),
            "events:ListEventBuses" => (
                200,
                List(
                    "EventBuses",
                    workloads
                        .Rules.Select(rule => rule.Bus)
                        .Append("default")
                        .Distinct(StringComparer.Ordinal)
                        .Select(bus => new JsonObject { ["Name"] = bus })
                )
            ),
            "lambda:GetFunction" => workloads.Functions.Find(each =>
                each.Name == name && each.Version == query.GetValueOrDefault("Qualifier", "$LATEST")
            )
                is { } function
                ? (200, Of(function))
                : Error(404, "ResourceNotFoundException", $"Function not found: {name}"),
            "scheduler:GetSchedule" => workloads.Schedules.Find(each =>
                each.Name == name && each.Group == query.GetValueOrDefault("groupName", "default")
            )
                is { } schedule
                ? (200, Of(schedule))
                : Error(404, "ResourceNotFoundException", $"Schedule {name} does not exist."),
            "batch:DescribeJobDefinitions" => DescribeJobs(input),
            "events:ListRules" => (200, List("Rules", RulesOf(input).Select(Of))),
            "events:ListTargetsByRule" => workloads.Rules.Find(each =>
                each.Bus == BusOf(input) && each.Name == input.GetProperty("Rule").GetString()
            )
                is { } rule
                ? (200, List("Targets", rule.TaskDefinitions.Select(TargetOf)))
                : Error(400, "ResourceNotFoundException", "Rule does not exist on EventBus."),
            _ => new JobsApi(workloads, ecs).Answer(action, input),
        };
    }

    private (int Status, JsonObject Body) DescribeJobs(JsonElement input)
    {
        if (!input.TryGetProperty("jobDefinitions", out var named))
        {
            var isActive = input.GetProperty("status").GetString() == "ACTIVE";
            return (200, List("jobDefinitions", workloads.Jobs.Where(job => job.IsActive == isActive).Select(Of)));
        }

        var names = named.EnumerateArray().Select(each => each.GetString()).ToList();
        return names.Count > BatchMost
            ? Error(400, "ClientException", $"at most {BatchMost} job definitions")
            : (
                200,
                List(
                    "jobDefinitions",
                    workloads.Jobs.Where(job => names.Contains(ArnOf(job), StringComparer.Ordinal)).Select(Of)
                )
            );
    }

    private IEnumerable<TestRule> RulesOf(JsonElement input) =>
        workloads.Rules.Where(rule =>
            rule.Bus == BusOf(input)
            && (
                !input.TryGetProperty("NamePrefix", out var prefix)
                || rule.Name.StartsWith(prefix.GetString()!, StringComparison.Ordinal)
            )
        );

    private JsonObject Of(TestFunction function) =>
        new()
        {
            ["Configuration"] = ConfigurationOf(function),
            ["Code"] = new JsonObject
            {
                ["RepositoryType"] = "ECR",
                ["ImageUri"] = function.Image,
                ["ResolvedImageUri"] = function.ResolvedImage,
            },
        };

    private JsonObject ConfigurationOf(TestFunction function) =>
        new()
        {
            ["FunctionName"] = function.Name,
            ["FunctionArn"] = $"arn:aws:lambda:{ecs.Region}:{ecs.Account}:function:{function.Name}",
            ["Version"] = function.Version,
            ["PackageType"] = "Image",
            ["State"] = "Active",
            ["LastUpdateStatus"] = function.UpdateStatus,
            ["Architectures"] = new JsonArray("x86_64"),
        };

    private JsonObject Listed(TestSchedule schedule) =>
        new()
        {
            ["Arn"] = $"arn:aws:scheduler:{ecs.Region}:{ecs.Account}:schedule/{schedule.Group}/{schedule.Name}",
            ["Name"] = schedule.Name,
            ["GroupName"] = schedule.Group,
            ["State"] = schedule.IsEnabled ? "ENABLED" : "DISABLED",
            ["Target"] = new JsonObject { ["Arn"] = TargetOf(schedule) },
        };

    private string TargetOf(TestSchedule schedule) =>
        schedule.Target ?? (schedule.Input is null ? ClusterArn : "arn:aws:scheduler:::aws-sdk:ecs:runTask");

    private JsonObject Of(TestSchedule schedule) =>
        new()
        {
            ["Arn"] = $"arn:aws:scheduler:{ecs.Region}:{ecs.Account}:schedule/{schedule.Group}/{schedule.Name}",
            ["Name"] = schedule.Name,
            ["GroupName"] = schedule.Group,
            ["ScheduleExpression"] = "rate(1 hour)",
            ["State"] = schedule.IsEnabled ? "ENABLED" : "DISABLED",
            ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "OFF" },
            ["Target"] = schedule.Input is { } text
                ? new JsonObject
                {
                    ["Arn"] = TargetOf(schedule),
                    [nameof(RoleArn)] = RoleArn,
                    ["Input"] = text,
                }
                : new JsonObject
                {
                    ["Arn"] = ClusterArn,
                    [nameof(RoleArn)] = RoleArn,
                    ["EcsParameters"] = new JsonObject
                    {
                        ["TaskDefinitionArn"] = schedule.TaskDefinition,
                        ["TaskCount"] = 1,
                        ["LaunchType"] = "FARGATE",
                    },
                },
        };

    private JsonObject Of(TestRule rule) =>
        new()
        {
            ["Name"] = rule.Name,
            ["Arn"] = $"arn:aws:events:{ecs.Region}:{ecs.Account}:rule/{rule.Name}",
            ["State"] = rule.IsEnabled ? "ENABLED" : "DISABLED",
            ["ScheduleExpression"] = "rate(1 hour)",
            ["EventBusName"] = rule.Bus,
        };

    private JsonObject TargetOf(string taskDefinition, int index) =>
        new()
        {
            ["Id"] = $"Target{index}",
            ["Arn"] = ClusterArn,
            [nameof(RoleArn)] = RoleArn,
            ["EcsParameters"] = new JsonObject
            {
                ["TaskDefinitionArn"] = taskDefinition,
                ["TaskCount"] = 1,
                ["LaunchType"] = "FARGATE",
            },
        };

    private JsonObject Of(TestJobDefinition job)
    {
        var document = new JsonObject
        {
            ["jobDefinitionName"] = job.Name,
            ["jobDefinitionArn"] = ArnOf(job),
            ["revision"] = job.Revision,
            ["status"] = job.IsActive ? "ACTIVE" : "INACTIVE",
            ["type"] = "container",
        };
        if (job.Containers.Count == 1 && job.Containers.Keys.Single().Length == 0)
        {
            document["containerProperties"] = new JsonObject { ["image"] = job.Containers.Values.Single() };
            return document;
        }

        document["ecsProperties"] = new JsonObject
        {
            ["taskProperties"] = new JsonArray(
                List(
                    "containers",
                    job.Containers.Select(each => new JsonObject { ["name"] = each.Key, ["image"] = each.Value })
                )
            ),
        };
        return document;
    }

    public string ArnOf(TestJobDefinition job) =>
        $"arn:aws:batch:{ecs.Region}:{ecs.Account}:job-definition/{job.Name}:{job.Revision}";

    private string ClusterArn => $"arn:aws:ecs:{ecs.Region}:{ecs.Account}:cluster/main";

    private string RoleArn => $"arn:aws:iam::{ecs.Account}:role/events";

    private static string BusOf(JsonElement input) =>
        input.TryGetProperty("EventBusName", out var bus) ? bus.GetString()! : "default";

    private static JsonObject List(string member, IEnumerable<JsonObject> items) =>
        new() { [member] = new JsonArray([.. items.Select(item => (JsonNode)item)]) };

    private static (int Status, JsonObject Body) Error(int status, string code, string message) =>
        (status, new JsonObject { ["__type"] = code, ["message"] = message });
}
