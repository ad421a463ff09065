using System.Text.Json;
using Lading.Running.Verifying;

namespace Lading.Cli.Output;

/// <summary>The services of a deployment as JSON (docs/verify.md; schema/verify.schema.json).</summary>
internal static class VerifyDocument
{
    /// <summary>Incremented if a key changes its meaning or is removed; new keys do not count.</summary>
    public const int Version = 1;

    public static string Of(VerificationReport report) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("verifyVersion", Version);
            Members(json, report);
            json.WriteEndObject();
        });

    private static void Members(Utf8JsonWriter json, VerificationReport report)
    {
        json.WriteString("environment", report.Evidence.Name);
        json.WriteString("account", report.Evidence.Account);
        json.WriteString("region", report.Evidence.Region);
        WriteOutcome(json, report);
    }

    /// <summary>Writes the services and failed stacks as members of the current object.</summary>
    public static void WriteOutcome(Utf8JsonWriter json, VerificationReport report)
    {
        json.WriteString("readAt", report.Evidence.ReadAt);
        json.WriteBoolean("holds", report.Holds);
        json.WriteStartArray("services");
        foreach (var service in report.Services)
        {
            Write(json, service);
        }

        json.WriteEndArray();
        json.WriteStartArray("failedStacks");
        foreach (var stack in report.Stacks)
        {
            json.WriteStartObject();
            json.WriteString("name", stack.Name);
            json.WriteString("status", stack.Status);
            json.WriteString("reason", Text(stack.StatusReason));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        UnreadDocument.Write(json, report.Evidence.Unread);
    }

    private static void Write(Utf8JsonWriter json, ServiceDeploymentState service)
    {
        json.WriteStartObject();
        json.WriteString("account", service.Account);
        json.WriteString("region", service.Region);
        json.WriteString("stack", service.Stack);
        json.WriteString("cluster", service.Cluster);
        json.WriteString("service", service.Service);
        StatusDocument.Number(json, "desired", service.Desired);
        json.WriteString("outcome", OutcomeWords.Of(service.Outcome));
        json.WriteString("reason", Text(service.Reason));
        json.WriteString("remedy", Text(service.Remedy));
        json.WriteStartArray("containers");
        foreach (var container in service.Containers)
        {
            json.WriteStartObject();
            json.WriteString("container", container.Container);
            json.WriteString("image", container.Image);
            json.WriteString("pinned", container.Pinned?.ToString());
            StatusDocument.WriteRunning(json, container);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("stopped");
        foreach (var trouble in service.Troubles)
        {
            json.WriteStartObject();
            json.WriteNumber("tasks", trouble.Tasks);
            json.WriteString("reason", trouble.Text);
            json.WriteString("remedy", trouble.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
