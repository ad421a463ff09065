using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>
/// The task sets of a service with the controller CODE_DEPLOY or EXTERNAL, which has no service deployments (Amazon ECS
/// API reference, TaskSet). Each deployment is a task set; a new one becomes primary once it receives production
/// traffic.
/// </summary>
internal static class EcsTaskSets
{
    // The stages before production traffic shifts: the new set exists, but is not primary yet.
    private static readonly string[] BeforeTraffic = ["SCALE_UP", "TEST_TRAFFIC_SHIFT"];

    /// <summary>The deployment whose tasks get production traffic.</summary>
    public static EcsDeployment PrimaryOf(EcsService service)
    {
        var current = service.Current;
        var isWaiting =
            current.RollbackAt is not null
            || (
                current.IsUnderWay
                && service.Strategy != "ROLLING"
                && BeforeTraffic.Contains(current.Stage, StringComparer.Ordinal)
            );
        return isWaiting && current.Source is { } source
            ? service.Deployments.Last(each => each.Target == source)
            : current;
    }

    public static JsonArray Of(EcsService service, IReadOnlyCollection<EcsTask> live)
    {
        var primary = PrimaryOf(service);
        return
        [
            .. service
                .Deployments.Where(each => each == primary || live.Any(task => task.StartedBy == each.Id))
                .Select(each => (JsonNode)Of(each, each == primary, service, live)),
        ];
    }

    private static JsonObject Of(
        EcsDeployment deployment,
        bool isPrimary,
        EcsService service,
        IReadOnlyCollection<EcsTask> live
    )
    {
        var running = live.Count(task => task.IsRunning && task.StartedBy == deployment.Id);
        var document = new JsonObject
        {
            ["id"] = deployment.Id,
            ["taskSetArn"] =
                $"{service.Arn.Replace(":service/", ":task-set/", StringComparison.Ordinal)}/{deployment.Id}",
            ["serviceArn"] = service.Arn,
            ["clusterArn"] = service.Cluster,
            ["startedBy"] = service.Controller == "CODE_DEPLOY" ? "CODE_DEPLOY" : "somebody",
            ["status"] =
                isPrimary ? "PRIMARY"
                : deployment == service.Current ? "ACTIVE"
                : "DRAINING",
            ["taskDefinition"] = deployment.Target.Definition.Arn,
            ["computedDesiredCount"] = service.Desired,
            ["pendingCount"] = live.Count(task => !task.IsRunning && task.StartedBy == deployment.Id),
            ["runningCount"] = running,
            ["createdAt"] = EcsDocuments.Seconds(deployment.CreatedAt),
            ["updatedAt"] = EcsDocuments.Seconds(deployment.FinishedAt ?? deployment.CreatedAt),
            ["scale"] = new JsonObject { ["value"] = 100.0, ["unit"] = "PERCENT" },
            ["stabilityStatus"] = running == service.Desired ? "STEADY_STATE" : "STABILIZING",
        };
        if (deployment.ExternalId is { } external)
        {
            document["externalId"] = external;
        }

        return document;
    }
}
