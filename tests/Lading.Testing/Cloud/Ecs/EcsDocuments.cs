using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>The ECS API's answers, in the shapes of botocore's service model.</summary>
internal static class EcsDocuments
{
    public static JsonObject Of(EcsService service, bool withTags)
    {
        var live = service.Tasks.Where(task => !task.IsStopped).ToList();
        var hasDeployments = service.Controller == "ECS";
        var document = new JsonObject
        {
            ["serviceArn"] = service.Arn,
            ["serviceName"] = service.Name,
            ["clusterArn"] = service.Cluster,
            ["status"] = service.Status,
            ["desiredCount"] = service.Desired,
            ["runningCount"] = live.Count(task => task.IsRunning),
            ["pendingCount"] = live.Count(task => !task.IsRunning),
            ["schedulingStrategy"] = "REPLICA",
            ["deploymentController"] = new JsonObject { ["type"] = service.Controller },
            ["createdAt"] = Seconds(service.CreatedAt),
            ["deployments"] = new JsonArray([
                .. hasDeployments ? Rollouts(service, live).Select(each => (JsonNode)each) : [],
            ]),
            ["events"] = new JsonArray([
                .. service
                    .Events.AsEnumerable()
                    .Reverse()
                    .Take(100)
                    .Select(
                        (each, i) =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["id"] = $"event-{i}",
                                    ["createdAt"] = Seconds(each.At),
                                    ["message"] = each.Message,
                                }
                    ),
            ]),
        };
        if (service.Controller != "EXTERNAL")
        {
            document["taskDefinition"] = hasDeployments
                ? service.Definition.Arn
                : EcsTaskSets.PrimaryOf(service).Target.Definition.Arn;
        }

        if (!hasDeployments)
        {
            document["taskSets"] = EcsTaskSets.Of(service, live);
        }
        else
        {
            if (service.Current.IsUnderWay)
            {
                document["currentServiceDeployment"] = service.Current.Arn;
            }

            document["currentServiceRevisions"] = new JsonArray([
                .. service
                    .Deployments.Where(each =>
                        each == service.Current || live.Exists(task => task.StartedBy == each.Id)
                    )
                    .Select(each => each == service.Current ? each.Wanted : each.Target)
                    .Distinct()
                    .Select(revision => (JsonNode)Counts(revision, service)),
            ]);
        }

        if (withTags)
        {
            document["tags"] = new JsonArray([
                .. service.Tags.Select(tag => (JsonNode)new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value }),
            ]);
        }

        return document;
    }

    public static JsonObject Of(EcsRevision revision, EcsService service) =>
        new()
        {
            ["serviceRevisionArn"] = revision.Arn,
            ["serviceArn"] = service.Arn,
            ["clusterArn"] = service.Cluster,
            ["taskDefinition"] = revision.Definition.Arn,
            ["createdAt"] = Seconds(revision.CreatedAt),
            ["containerImages"] = new JsonArray([
                .. revision.Definition.Images.Select(image =>
                {
                    var each = new JsonObject { ["containerName"] = image.Key, ["image"] = image.Value };
                    if (revision.Digests[image.Key] is { } digest)
                    {
                        each["imageDigest"] = digest;
                    }

                    return (JsonNode)each;
                }),
            ]),
        };

    public static JsonObject Of(EcsDeployment deployment, EcsService service)
    {
        var document = new JsonObject
        {
            ["serviceDeploymentArn"] = deployment.Arn,
            ["serviceArn"] = service.Arn,
            ["clusterArn"] = service.Cluster,
            ["status"] = deployment.Status,
            ["createdAt"] = Seconds(deployment.CreatedAt),
            ["startedAt"] = Seconds(deployment.CreatedAt),
            ["targetServiceRevision"] = Counts(deployment.Target, service),
            ["sourceServiceRevisions"] = new JsonArray([
                .. deployment.Source is { } source ? [(JsonNode)Counts(source, service)] : Array.Empty<JsonNode>(),
            ]),
            ["lifecycleStage"] = deployment.Stage,
            ["deploymentCircuitBreaker"] = new JsonObject
            {
                ["status"] = deployment.Breaker,
                ["failureCount"] = deployment.Failed,
                ["threshold"] = service.BreakerThreshold,
            },
            ["deploymentConfiguration"] = new JsonObject { ["strategy"] = service.Strategy },
        };
        Set(document, "finishedAt", deployment.FinishedAt);
        if (deployment.StatusReason is { } reason)
        {
            document["statusReason"] = reason;
        }

        if (deployment.RollbackAt is { } at)
        {
            document["rollback"] = new JsonObject
            {
                ["reason"] = deployment.RollbackReason,
                ["startedAt"] = Seconds(at),
                ["serviceRevisionArn"] = deployment.Source?.Arn,
            };
        }

        // A deployment keeps its triggered alarms, even if the service no longer has them.
        var alarms = service.Alarms.Union(deployment.TriggeredAlarms, StringComparer.Ordinal).ToList();
        if (alarms.Count > 0)
        {
            document["alarms"] = new JsonObject
            {
                ["status"] = deployment.TriggeredAlarms.Count > 0 ? "TRIGGERED" : "MONITORING",
                ["alarmNames"] = Names(alarms),
                ["triggeredAlarmNames"] = Names(deployment.TriggeredAlarms),
            };
        }

        return document;
    }

    public static JsonNode Brief(EcsDeployment deployment, EcsService service)
    {
        var document = new JsonObject
        {
            ["serviceDeploymentArn"] = deployment.Arn,
            ["serviceArn"] = service.Arn,
            ["clusterArn"] = service.Cluster,
            ["createdAt"] = Seconds(deployment.CreatedAt),
            ["startedAt"] = Seconds(deployment.CreatedAt),
            ["targetServiceRevisionArn"] = deployment.Target.Arn,
            ["status"] = deployment.Status,
        };
        Set(document, "finishedAt", deployment.FinishedAt);
        return document;
    }

    private static IEnumerable<JsonObject> Rollouts(EcsService service, List<EcsTask> live) =>
        service
            .Deployments.AsEnumerable()
            .Reverse()
            .Where(each => each == service.Current || live.Exists(task => task.StartedBy == each.Id))
            .Select(each => new JsonObject
            {
                ["id"] = each.Id,
                ["status"] = each == service.Current ? "PRIMARY" : "ACTIVE",
                ["taskDefinition"] = (each == service.Current ? each.Wanted : each.Target).Definition.Arn,
                ["desiredCount"] = each == service.Current ? service.Desired : 0,
                ["runningCount"] = live.Count(task => task.IsRunning && task.StartedBy == each.Id),
                ["pendingCount"] = live.Count(task => !task.IsRunning && task.StartedBy == each.Id),
                ["failedTasks"] = each.Failed,
                ["createdAt"] = Seconds(each.CreatedAt),
                ["updatedAt"] = Seconds(each.FinishedAt ?? each.CreatedAt),
                ["rolloutState"] =
                    each.IsUnderWay ? "IN_PROGRESS"
                    : each.Status == "STOPPED" ? "FAILED"
                    : "COMPLETED",
                ["rolloutStateReason"] =
                    each.IsUnderWay ? $"ECS deployment {each.Id} in progress."
                    : each.Status == "STOPPED" ? each.StatusReason ?? "ECS deployment stopped."
                    : $"ECS deployment {each.Id} completed.",
            });

    private static JsonObject Counts(EcsRevision revision, EcsService service)
    {
        var tasks = service.Tasks.Where(task => !task.IsStopped && task.Definition == revision.Definition).ToList();
        return new JsonObject
        {
            ["arn"] = revision.Arn,
            ["requestedTaskCount"] = service.Desired,
            ["runningTaskCount"] = tasks.Count(task => task.IsRunning),
            ["pendingTaskCount"] = tasks.Count(task => !task.IsRunning),
        };
    }

    private static JsonArray Names(IEnumerable<string> names) =>
        new([.. names.Select(name => (JsonNode)JsonValue.Create(name))]);

    public static void Set(JsonObject document, string member, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            document[member] = Seconds(at);
        }
    }

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
