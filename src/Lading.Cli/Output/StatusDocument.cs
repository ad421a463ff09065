using System.Text.Json;
using Lading.Running;

namespace Lading.Cli.Output;

/// <summary>What runs where, as JSON (schema/status.schema.json).</summary>
internal static class StatusDocument
{
    public static string Of(StatusReport report) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("readAt", report.ReadAt);
            json.WriteBoolean("holds", report.Holds);
            json.WriteStartArray("head");
            foreach (var head in report.Heads)
            {
                json.WriteStartObject();
                json.WriteString("image", head.Name);
                json.WriteString("revision", head.Revision);
                json.WriteString("held", head.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("environments");
            foreach (var environment in report.Environments)
            {
                Write(json, environment, report);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, EnvironmentStatus environment, StatusReport report)
    {
        var evidence = environment.Evidence;
        json.WriteStartObject();
        json.WriteString("name", evidence.Name);
        json.WriteString("account", evidence.Account);
        json.WriteString("region", evidence.Region);
        json.WriteString("error", evidence.Failure?.Message);
        Write(json, "services", environment.Containers, report);
        Write(json, "others", environment.Others, report);
        UnreadDocument.Write(json, evidence.Unread);
        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json,
        string member,
        IReadOnlyList<ContainerVerdict> containers,
        StatusReport report
    )
    {
        json.WriteStartArray(member);
        foreach (var container in containers)
        {
            Write(json, container, report);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ContainerVerdict container, StatusReport report)
    {
        json.WriteStartObject();
        json.WriteString("stack", container.Stack);
        json.WriteString("cluster", container.Cluster);
        json.WriteString("kind", KindOf(container.Kind));
        json.WriteString("service", container.Service);
        json.WriteString("container", container.Container);
        json.WriteString("image", container.Image);
        json.WriteString("reference", container.Reference);
        json.WriteString("pinned", container.Pinned?.ToString());
        json.WriteString("resolved", container.Resolved?.ToString());
        WriteRunning(json, container);
        Number(json, "desired", container.Desired);
        json.WriteString("revision", container.Revision);
        Number(
            json,
            "behind",
            container.Revision is { } revision && report.Behind.TryGetValue(revision, out var behind) ? behind : null
        );
        if (container.Since is { } since)
        {
            json.WriteString("since", since);
        }
        else
        {
            json.WriteNull("since");
        }

        json.WriteString("state", StateWords.Of(container.State));
        json.WriteString("reason", container.Reason.Length == 0 ? null : container.Reason);
        json.WriteEndObject();
    }

    /// <summary>Writes what a container runs, also for <c>verify</c>.</summary>
    public static void WriteRunning(Utf8JsonWriter json, ContainerVerdict container)
    {
        json.WriteStartArray("running");
        foreach (var running in container.Running)
        {
            json.WriteStartObject();
            json.WriteString("digest", running.Digest?.ToString());
            json.WriteNumber("tasks", running.Tasks);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a number or null.</summary>
    public static void Number(Utf8JsonWriter json, string member, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(member, number);
        }
        else
        {
            json.WriteNull(member);
        }
    }

    private static string KindOf(WorkloadKind kind) =>
        kind switch
        {
            WorkloadKind.Service => "service",
            WorkloadKind.Function => "function",
            WorkloadKind.ScheduledTask => "scheduled-task",
            WorkloadKind.Job => "job",
            _ => "task",
        };
}
