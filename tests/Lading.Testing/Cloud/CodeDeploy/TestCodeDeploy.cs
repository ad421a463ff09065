using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.CodeDeploy;

/// <summary>CodeDeploy over a <see cref="TestEcs"/> (CodeDeploy API reference, each operation's page).</summary>
internal sealed class TestCodeDeploy(TestEcs ecs)
{
    private const int PageSize = 100;

    public static IReadOnlyList<string> Operations { get; } =
    [
        "codedeploy:ListApplications",
        "codedeploy:ListDeploymentGroups",
        "codedeploy:BatchGetDeploymentGroups",
        "codedeploy:ListDeployments",
        "codedeploy:BatchGetDeployments",
    ];

    /// <summary>The newest last.</summary>
    public List<TestCodeDeployment> Deployments { get; } = [];

    /// <summary>Deployment groups that have never deployed anything: application, group, and service.</summary>
    public List<(string Application, string Group, EcsService Service)> Groups { get; } = [];

    /// <summary>Operations that the caller may not use: <c>AccessDeniedException</c>.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    private IEnumerable<(string Application, string Group, EcsService Service)> All =>
        Groups.Concat(Deployments.Select(each => (each.Application, each.Group, each.Service))).Distinct();

    /// <summary>
    /// Deploys a task definition. The ECS task set names the deployment as its <c>externalId</c> (ECS API, TaskSet).
    /// </summary>
    public TestCodeDeployment Deploy(string group, EcsService service, EcsTaskDefinition definition)
    {
        var deployment = new TestCodeDeployment(
            $"d-{(Deployments.Count + 1).ToString("D9", CultureInfo.InvariantCulture)}",
            group,
            service,
            definition,
            ecs.Now
        );
        Deployments.Add(deployment);
        ecs.Deploy(service, definition).ExternalId = deployment.Id;
        return deployment;
    }

    public (int Status, JsonObject Body) Answer(string operation, JsonElement input)
    {
        if (Denied.Contains(operation))
        {
            return Error("AccessDeniedException", $"not authorized to perform: codedeploy:{operation}");
        }

        var application = input.TryGetProperty("applicationName", out var given) ? given.GetString()! : "";
        return operation switch
        {
            "ListApplications" => (200, Page(All.Select(each => each.Application).Distinct(), "applications", input)),
            _ when application.Length > 0 && All.All(each => each.Application != application) => Error(
                "ApplicationDoesNotExistException",
                $"No application found for name: {application}"
            ),
            "ListDeploymentGroups" => (200, ListGroups(application, input)),
            "BatchGetDeploymentGroups" => GetGroups(application, input),
            "ListDeployments" => ListDeployments(application, input),
            "BatchGetDeployments" => GetDeployments(input),
            _ => throw new NotSupportedException(operation),
        };
    }

    private JsonObject ListGroups(string application, JsonElement input)
    {
        var answer = Page(
            All.Where(each => each.Application == application).Select(each => each.Group),
            "deploymentGroups",
            input
        );
        answer["applicationName"] = application;
        return answer;
    }

    private (int Status, JsonObject Body) GetGroups(string application, JsonElement input)
    {
        var names = Names(input, "deploymentGroupNames");
        return names.Count > 100
            ? Error("BatchLimitExceededException", "The maximum number of names is 100.")
            : (
                200,
                List(
                    "deploymentGroupsInfo",
                    All.Where(each => each.Application == application && names.Contains(each.Group)).Select(Of)
                )
            );
    }

    private static JsonObject Of((string Application, string Group, EcsService Service) group) =>
        new()
        {
            ["applicationName"] = group.Application,
            ["deploymentGroupName"] = group.Group,
            ["computePlatform"] = "ECS",
            ["ecsServices"] = new JsonArray(
                new JsonObject
                {
                    ["clusterName"] = group.Service.Cluster.Split('/')[^1],
                    ["serviceName"] = group.Service.Name,
                }
            ),
        };

    private (int Status, JsonObject Body) ListDeployments(string application, JsonElement input)
    {
        var group = input.GetProperty("deploymentGroupName").GetString();
        if (All.All(each => each.Application != application || each.Group != group))
        {
            return Error("DeploymentGroupDoesNotExistException", $"No Deployment Group found for name: {group}");
        }

        var since = DateTimeOffset.FromUnixTimeSeconds(
            (long)input.GetProperty("createTimeRange").GetProperty("start").GetDouble()
        );
        var found = Deployments
            .Where(each => each.Application == application && each.Group == group && each.CreatedAt >= since)
            .Select(each => each.Id)
            .Reverse();
        return (200, Page(found, "deployments", input));
    }

    private (int Status, JsonObject Body) GetDeployments(JsonElement input)
    {
        var ids = Names(input, "deploymentIds");
        return ids.Count > 25
            ? Error("BatchLimitExceededException", "The maximum number of deployment IDs is 25.")
            : (
                200,
                List(
                    "deploymentsInfo",
                    Deployments.Where(each => ids.Contains(each.Id)).Select(each => each.Document())
                )
            );
    }

    private static JsonObject List(string member, IEnumerable<JsonObject> items) =>
        new() { [member] = new JsonArray([.. items.Select(item => (JsonNode)item)]) };

    private static JsonObject Page(IEnumerable<string> names, string member, JsonElement input)
    {
        var all = names.ToList();
        var from = input.TryGetProperty("nextToken", out var token)
            ? int.Parse(token.GetString()!, CultureInfo.InvariantCulture)
            : 0;
        var page = new JsonObject
        {
            [member] = new JsonArray([
                .. all.Skip(from).Take(PageSize).Select(name => (JsonNode)JsonValue.Create(name)),
            ]),
        };
        if (from + PageSize < all.Count)
        {
            page["nextToken"] = (from + PageSize).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    private static List<string> Names(JsonElement input, string member) =>
        [.. input.GetProperty(member).EnumerateArray().Select(name => name.GetString()!)];

    private static (int Status, JsonObject Body) Error(string code, string message) =>
        (400, new JsonObject { ["__type"] = code, ["message"] = message });
}
