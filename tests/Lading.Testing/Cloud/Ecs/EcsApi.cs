using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>
/// The API of a <see cref="TestEcs"/>: JSON 1.1 with ECS's limits, pages and failures (Amazon ECS API reference, each operation's
/// page).
/// </summary>
internal sealed class EcsApi(TestEcs ecs)
{
    /// <summary>Operations that the caller may not use: <c>AccessDeniedException</c>.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of the next calls are throttled.</summary>
    public int Throttled { get; set; }

    /// <summary>Answers a call.</summary>
    /// <param name="operation">Such as <c>DescribeServices</c>.</param>
    /// <param name="input">Its members.</param>
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
                return (200, Read(operation, input));
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
            "ListClusters" => Page(ecs.Clusters, "clusterArns", input),
            "ListServices" => Page(
                ecs.Services.Where(each => each.Cluster == ClusterOf(input) && each.Status != "INACTIVE")
                    .Select(each => each.Arn),
                "serviceArns",
                input
            ),
            "ListTasks" => Page(TasksOf(input).Select(task => task.Arn), "taskArns", input),
            "DescribeServices" => DescribeServices(input),
            "DescribeTasks" => Batch(
                input,
                "tasks",
                "tasks",
                100,
                arn => FindTask(arn) is { } task ? EcsTaskDocument.Of(task, ClusterOf(input)) : null
            ),
            "DescribeServiceRevisions" => Batch(input, "serviceRevisionArns", "serviceRevisions", 20, FindRevision),
            "DescribeServiceDeployments" => Batch(
                input,
                "serviceDeploymentArns",
                "serviceDeployments",
                20,
                FindDeployment
            ),
            "ListServiceDeployments" => ListServiceDeployments(input),
            "DescribeTaskDefinition" => new JsonObject
            {
                ["taskDefinition"] = EcsDocuments.Of(FindDefinition(Text(input, "taskDefinition"))),
            },
            _ => throw new EcsRefusal("InvalidAction", $"{operation} is not known here"),
        };

    private JsonObject DescribeServices(JsonElement input)
    {
        var cluster = ClusterOf(input);
        var withTags =
            input.TryGetProperty("include", out var include)
            && include.EnumerateArray().Any(each => each.ValueEquals("TAGS"));
        return Batch(
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
            .Reverse()
            .Select(each => EcsDocuments.Brief(each, service))
            .ToList();
        return Page(kept, "serviceDeployments", input);
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
        // Stopped tasks can be seen for an hour (API, ListTasks).
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

    /// <summary>Up to so many names; those that are not there are failures with the reason MISSING (API, "API failure reasons").</summary>
    private static JsonObject Batch(
        JsonElement input,
        string member,
        string answer,
        int most,
        Func<string, JsonObject?> find
    )
    {
        var names = input.GetProperty(member).EnumerateArray().Select(name => name.GetString()!).ToList();
        if (names.Count == 0 || names.Count > most)
        {
            throw new EcsRefusal("InvalidParameterException", $"{member} must have 1 to {most} members.");
        }

        var found = new JsonArray();
        var failures = new JsonArray();
        foreach (var name in names)
        {
            if (find(name) is { } document)
            {
                found.Add((JsonNode)document);
            }
            else
            {
                failures.Add((JsonNode)new JsonObject { ["arn"] = name, ["reason"] = "MISSING" });
            }
        }

        return new JsonObject { [answer] = found, ["failures"] = failures };
    }

    private static JsonObject Page(IEnumerable<string> names, string member, JsonElement input) =>
        Page([.. names.Select(name => (JsonNode)JsonValue.Create(name))], member, input);

    private static JsonObject Page(IReadOnlyList<JsonNode> items, string member, JsonElement input)
    {
        var most = input.TryGetProperty("maxResults", out var given) ? given.GetInt32() : 10;
        if (most is < 1 or > 100)
        {
            throw new EcsRefusal("InvalidParameterException", "maxResults must be 1 to 100.");
        }

        var from = input.TryGetProperty("nextToken", out var token)
            ? int.Parse(token.GetString()!, CultureInfo.InvariantCulture)
            : 0;
        var page = new JsonObject { [member] = new JsonArray([.. items.Skip(from).Take(most)]) };
        if (from + most < items.Count)
        {
            page["nextToken"] = (from + most).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    private static string Text(JsonElement input, string member) => input.GetProperty(member).GetString()!;

    private static (int Status, JsonObject Body) Error(string code, string message) =>
        (400, new JsonObject { ["__type"] = code, ["message"] = message });

    private sealed class EcsRefusal(string code, string message) : Exception(message)
    {
        public string Code => code;
    }
}
