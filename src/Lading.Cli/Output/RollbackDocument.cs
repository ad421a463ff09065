using System.Text.Json;
using Lading.Rollbacks;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Cli.Output;

/// <summary>A rollback as JSON (schema/rollback.schema.json).</summary>
internal static class RollbackDocument
{
    private static readonly string[] Lists = ["containers", "kept", "staying", "obstacles"];

    /// <summary>A rollback that was not carried out, because of <c>--dry-run</c> or an obstacle.</summary>
    public static string Of(RollbackPlan plan, bool isDry) =>
        JsonText.Write(json => Write(json, plan, isDry ? "dry-run" : "refused", null));

    public static string Of(RollbackOutcome outcome) =>
        JsonText.Write(json => Write(json, outcome.Plan, WordOf(outcome.State), outcome));

    /// <summary>An update that was cancelled.</summary>
    public static string Of(RollbackEvidence evidence, StackEvidence stack) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", evidence.History.Environment);
            json.WriteString("stack", stack.Name);
            json.WriteString("state", stack.IsRolledBack ? "cancelled" : "not-cancelled");
            json.WriteNull("from");
            json.WriteString("to", evidence.Current?.Version);
            foreach (var list in Lists)
            {
                json.WriteStartArray(list);
                json.WriteEndArray();
            }

            json.WriteString("status", stack.Status);
            json.WriteString("reason", stack.StatusReason.Length > 0 ? stack.StatusReason : null);
            json.WriteEndObject();
        });

    private static string WordOf(RollbackState state) =>
        state switch
        {
            RollbackState.Back => "back",
            RollbackState.Undone => "undone",
            RollbackState.NotRunning => "not-running",
            _ => "failed",
        };

    private static void Write(Utf8JsonWriter json, RollbackPlan plan, string state, RollbackOutcome? outcome)
    {
        json.WriteStartObject();
        json.WriteString("environment", plan.Environment);
        json.WriteString("stack", plan.Stack.Name);
        json.WriteString("state", state);
        json.WriteString("from", plan.Current.Version);
        json.WriteString("to", plan.Target.Version);
        json.WriteStartArray("containers");
        foreach (var proof in plan.Proofs)
        {
            Write(json, proof, plan, outcome);
        }

        json.WriteEndArray();
        json.WriteStartArray("kept");
        foreach (var note in plan.Containers.Kept)
        {
            json.WriteStartObject();
            json.WriteString("container", note.Use);
            json.WriteString("reason", note.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("staying");
        foreach (var change in plan.Staying)
        {
            json.WriteStartObject();
            json.WriteString("resource", change.LogicalId);
            json.WriteString("type", change.Type);
            json.WriteString("at", change.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("settings");
        foreach (var definition in plan.Settings)
        {
            json.WriteStartObject();
            json.WriteString("resource", definition.LogicalId);
            json.WriteStartArray("names");
            foreach (var name in definition.Names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("obstacles");
        foreach (var obstacle in plan.Obstacles)
        {
            json.WriteStringValue(obstacle);
        }

        json.WriteEndArray();
        UnreadDocument.Write(json, plan.Unread);
        if (outcome is not null)
        {
            json.WriteString("status", outcome.Status);
            json.WriteString("reason", outcome.Reason.Length > 0 ? outcome.Reason : null);
            json.WriteString("remedy", outcome.Remedy.Length > 0 ? outcome.Remedy : null);
            json.WriteBoolean("asBefore", outcome.IsAsBefore);
            json.WriteNumber("seconds", (long)outcome.Took.TotalSeconds);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImageProof proof, RollbackPlan plan, RollbackOutcome? outcome)
    {
        var swap = proof.Swap;
        json.WriteStartObject();
        json.WriteString("container", swap.Use);
        json.WriteString("image", swap.Image);
        json.WriteString("repository", swap.Repository);
        json.WriteString("from", swap.Now?.ToString());
        json.WriteString("to", swap.To.ToString());
        json.WriteString("revision", plan.Target.Revisions.GetValueOrDefault(swap.Image));
        json.WriteString("problem", proof.Problem.Length > 0 ? proof.Problem : null);
        var running = outcome?.Containers.FirstOrDefault(each => each.Container == swap.Container.Container);
        if (running is not null)
        {
            json.WriteString("runs", running.State == RunningState.Running ? running.Pinned?.ToString() : null);
            json.WriteNumber("tasks", running.Tasks);
        }
        else if (plan.Tasks.TryGetValue(swap, out var tasks))
        {
            json.WriteNumber("tasks", tasks);
        }

        json.WriteEndObject();
    }
}
