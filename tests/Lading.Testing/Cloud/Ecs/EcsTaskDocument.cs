using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Ecs;

/// <summary>A task as the ECS API returns it.</summary>
internal static class EcsTaskDocument
{
    public static JsonObject Of(EcsTask task, string cluster)
    {
        var document = new JsonObject
        {
            ["taskArn"] = task.Arn,
            ["clusterArn"] = cluster,
            ["taskDefinitionArn"] = task.Definition.Arn,
            ["group"] = task.Group,
            ["startedBy"] = task.StartedBy,
            ["lastStatus"] = task.LastStatus,
            ["desiredStatus"] = task.DesiredStatus,
            ["createdAt"] = EcsDocuments.Seconds(task.CreatedAt),
            ["healthStatus"] = task.IsUnhealthy ? "UNHEALTHY" : "UNKNOWN",
            ["containers"] = new JsonArray([
                .. task.Definition.Images.Select(image => (JsonNode)ContainerOf(task, image.Key, image.Value)),
            ]),
        };
        EcsDocuments.Set(document, "startedAt", task.StartedAt);
        EcsDocuments.Set(document, "stoppedAt", task.StoppedAt);
        if (task.StopCode is { } code)
        {
            document["stopCode"] = code;
            document["stoppedReason"] = task.StoppedReason;
        }

        return document;
    }

    private static JsonObject ContainerOf(EcsTask task, string name, string image)
    {
        var container = new JsonObject
        {
            ["containerArn"] = $"{task.Arn.Replace(":task/", ":container/", StringComparison.Ordinal)}/{name}",
            ["taskArn"] = task.Arn,
            ["name"] = name,
            ["image"] = image,
            ["lastStatus"] = task.LastStatus,
            ["healthStatus"] = task.IsUnhealthy ? "UNHEALTHY" : "UNKNOWN",
        };
        // Known only after the pull.
        if (task.StartedAt is not null && task.Digests[name] is { } digest)
        {
            container["imageDigest"] = digest;
        }

        if (task.ExitCode is { } code)
        {
            container["exitCode"] = code;
        }

        if (task.ContainerReason is { } reason)
        {
            container["reason"] = reason;
        }

        return container;
    }
}
