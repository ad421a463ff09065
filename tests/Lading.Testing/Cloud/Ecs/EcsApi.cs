using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>
/// The API of a <see cref="TestEcs"/>: JSON 1.1 with ECS's limits, pages and failures (Amazon ECS API reference, each
/// operation's page).
/// </summary>
internal sealed class EcsApi(TestEcs ecs)
{
    public static IReadOnlyList<string> Operations { get; } =
    [
        "ecs:ListClusters",
        "ecs:ListServices",
        "ecs:ListTasks",
        "ecs:DescribeServices",
        "ecs:DescribeTasks",
        "ecs:DescribeServiceRevisions",
        "ecs:DescribeServiceDeployments",
        "ecs:ListServiceDeployments",
        "ecs:DescribeTaskDefinition",
        "ecs:ListTaskDefinitions",
        "ecs:StopServiceDeployment",
    ];

    /// <summary>Operations that the caller may not use: <c>AccessDeniedException</c>.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of the next calls are throttled.</summary>
    public int Throttled { get; set; }

    /// <summary>Changes an answer, for tests that need a broken one; receives the operation.</summary>
    public Action<string, JsonObject>? Change { get; set; }

    /// <summary>Answers a call.</summary>
    /// <param name="operation">Such as <c>DescribeServices</c>.</param>
    /// <param name="input">The request body.</param>
    /// <returns>The HTTP status and the body.</returns>
    public (int Status, JsonObject Body) Answer(string operation, JsonElement input)
    {
        lock (ecs)
        {
            if (Throttled > 0)
            {
                Throttled--;
                return Error("ThrottlingException", "Rate exceeded");
            }

            if (Denied.Contains(operation))
            {
                return Error(
                    "AccessDeniedException",
                    $"User: arn:aws:iam::{ecs.Account}:user/oncall is not authorized to perform: ecs:{operation}"
                );
            }

            try
            {
                var answer = Read(operation, input);
                Change?.Invoke(operation, answer);
                return (200, answer);
            }
            catch (EcsRefusal refusal)
            {
                return Error(refusal.Code, refusal.Message);
            }
        }
    }

    private JsonObject Read(string operation, JsonElement input) =>
        operation switch
        {
            "ListClusters" => EcsAnswers.Page(ecs.Clusters, "clusterArns", input),
            "ListServices" => EcsAnswers.Page(
                ecs.Services.Where(each => each.Cluster == ClusterOf(input) && each.Status != "INACTIVE")
                    .Select(each => each.Arn),
                "serviceArns",
                input
            ),
            "ListTasks" => EcsAnswers.Page(TasksOf(input).Select(task => task.Arn), "taskArns", input),
            "DescribeServices" => DescribeServices(input),
            "DescribeTasks" => EcsAnswers.Batch(
                input,
                "tasks",
                "tasks",
                100,
                arn => FindTask(arn) is { } task ? EcsTaskDocument.Of(task, ClusterOf(input)) : null
            ),
            "DescribeServiceRevisions" => EcsAnswers.Batch(
                input,
                "serviceRevisionArns",
                "serviceRevisions",
                20,
                FindRevision
            ),
            "DescribeServiceDeployments" => EcsAnswers.Batch(
                input,
                "serviceDeploymentArns",
                "serviceDeployments",
                20,
                FindDeployment
            ),
            "ListServiceDeployments" => ListServiceDeployments(input),
            "StopServiceDeployment" => StopServiceDeployment(input),
            "DescribeTaskDefinition" => new JsonObject
            {
                ["taskDefinition"] = FindDefinition(Text(input, "taskDefinition")).Document(),
            },
            "ListTaskDefinitions" => EcsAnswers.Page(
                ecs.Definitions.Where(each => each.IsActive == (Text(input, "status") == "ACTIVE"))
                    .Select(each => each.Arn),
                "taskDefinitionArns",
                input
            ),
            _ => throw new EcsRefusal("InvalidAction", $"{operation} is not known here"),
        };

    private JsonObject DescribeServices(JsonElement input)
    {
        var cluster = ClusterOf(input);
        var withTags =
            input.TryGetProperty("include", out var include)
            && include.EnumerateArray().Any(each => each.ValueEquals("TAGS"));
        return EcsAnswers.Batch(
            input,
            "services",
            "services",
            10,
            name =>
                ecs.Services.Find(each => each.Cluster == cluster && (each.Arn == name || each.Name == name))
                    is { } service
                    ? EcsDocuments.Of(service, withTags)
                    : null
        );
    }

    private JsonObject ListServiceDeployments(JsonElement input)
    {
        var name = Text(input, "service");
        var service =
            ecs.Services.Find(each => each.Arn == name || (each.Name == name && each.Cluster == ClusterOf(input)))
            ?? throw new EcsRefusal("ServiceNotFoundException", "Service not found.");
        RequireEcsController(service);
        // The newest first; kept for 90 days (API, ListServiceDeployments).
        var kept = service
            .Deployments.Where(each => ecs.Now - each.CreatedAt < TimeSpan.FromDays(90))
            .Where(each =>
                !input.TryGetProperty("status", out var wanted)
                || wanted.EnumerateArray().Any(status => status.ValueEquals(each.Status))
            )
            .Reverse()
            .Select(each => EcsDocuments.Brief(each, service))
            .ToList();
        return EcsAnswers.Page(kept, "serviceDeployments", input);
    }

    /// <summary>
    /// Only a deployment that is in progress and has a source revision can be rolled back (API, StopServiceDeployment).
    /// </summary>
    private JsonObject StopServiceDeployment(JsonElement input)
    {
        var arn = Text(input, "serviceDeploymentArn");
        var service =
            ecs.Services.Find(each => each.Deployments.Exists(one => one.Arn == arn))
            ?? throw new EcsRefusal("ServiceDeploymentNotFoundException", "Service deployment not found.");
        if (
            service.Current.Arn != arn
            || service.Current is not { IsUnderWay: true, RollbackAt: null, Source: not null }
        )
        {
            throw new EcsRefusal("ConflictException", "The service deployment cannot be stopped.");
        }

        ecs.RollBack(service, "Service deployment rolled back because of StopServiceDeployment.");
        return new JsonObject { ["serviceDeploymentArn"] = arn };
    }

    private IEnumerable<EcsTask> TasksOf(JsonElement input)
    {
        var cluster = ClusterOf(input);
        var service = input.TryGetProperty("serviceName", out var name) ? name.GetString() : null;
        var desired = input.TryGetProperty("desiredStatus", out var status) ? status.GetString() : "RUNNING";
        var ofServices = ecs
            .Services.Where(each =>
                each.Cluster == cluster && (service is null || each.Name == service || each.Arn == service)
            )
            .SelectMany(each => each.Tasks);
        var alone = service is null
            ? ecs.Tasks.Where(task =>
                task.Arn.Contains($":task/{cluster[(cluster.LastIndexOf('/') + 1)..]}/", StringComparison.Ordinal)
            )
            : [];
        // Stopped tasks stay visible for an hour (API, ListTasks).
        return ofServices
            .Concat(alone)
            .Where(task => task.DesiredStatus == desired)
            .Where(task => task.StoppedAt is null || ecs.Now - task.StoppedAt < TimeSpan.FromHours(1));
    }

    private EcsTaskDefinition FindDefinition(string name) =>
        ecs.Definitions.FindLast(each => each.Arn == name || $"{each.Family}:{each.Revision}" == name)
        ?? throw new EcsRefusal("ClientException", "Unable to describe task definition.");

    private EcsTask? FindTask(string arn) =>
        ecs.Services.SelectMany(service => service.Tasks).Concat(ecs.Tasks).FirstOrDefault(task => task.Arn == arn);

    private JsonObject? FindRevision(string arn)
    {
        var found = ecs
            .Services.SelectMany(service => service.Deployments.Select(each => (service, each.Target)))
            .FirstOrDefault(each => each.Target.Arn == arn);
        return found.service is null ? null : EcsDocuments.Of(found.Target, found.service);
    }

    private JsonObject? FindDeployment(string arn)
    {
        var found = ecs
            .Services.SelectMany(service => service.Deployments.Select(each => (service, each)))
            .FirstOrDefault(each => each.each.Arn == arn);
        return found.service is null ? null : EcsDocuments.Of(found.each, found.service);
    }

    private static void RequireEcsController(EcsService service)
    {
        if (service.Controller != "ECS")
        {
            throw new EcsRefusal(
                "UnsupportedFeatureException",
                "Service deployments are for services with the ECS deployment controller only."
            );
        }
    }

    private string ClusterOf(JsonElement input)
    {
        var name = input.TryGetProperty("cluster", out var given) ? given.GetString()! : "default";
        return ecs.Clusters.Find(arn => arn == name || arn.EndsWith($"/{name}", StringComparison.Ordinal))
            ?? throw new EcsRefusal("ClusterNotFoundException", "Cluster not found.");
    }

    private static string Text(JsonElement input, string member) => input.GetProperty(member).GetString()!;

    private static (int Status, JsonObject Body) Error(string code, string message) =>
        (400, new JsonObject { ["__type"] = code, ["message"] = message });
}
