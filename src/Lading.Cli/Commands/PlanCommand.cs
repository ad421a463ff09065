using System.CommandLine;
using Lading.Cli.Output;
using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary><c>lading plan</c>: shows what publishing would do.</summary>
internal static class PlanCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("plan", "Shows what publish would build, copy and push, without doing it.");
        var sources = new RevisionOptions();
        sources.AddTo(command);
        var offline = new Option<bool>("--offline")
        {
            Description = "Ask no registry; show identities as if nothing were published.",
        };
        command.Options.Add(offline);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    // A plan as JSON does not include uncommitted changes.
                    sources.Read(invocation) with
                    {
                        TellsChanges = !invocation.Json,
                    },
                    invocation.Value(offline),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        SnapshotRequest request,
        bool offline,
        CancellationToken cancellationToken
    )
    {
        using var workspace = await invocation.OpenWorkspaceAsync(cancellationToken).ConfigureAwait(false);
        var (plan, uncommitted) = await new Planning(workspace)
            .RunAsync(request, offline, cancellationToken)
            .ConfigureAwait(false);
        WorkflowResults.Of(new WorkflowRun(invocation.Host, invocation.Terminal), plan);
        if (invocation.Json)
        {
            invocation.Terminal.Result(PlanDocument.Of(plan));
            return 0;
        }

        PlanScreen.Show(invocation.Terminal, plan, offline);
        if (uncommitted.Count > 0)
        {
            invocation.Terminal.Warn(
                $"uncommitted inputs of {string.Join(", ", uncommitted)} are not in this plan, which is made from HEAD; --dirty includes them."
            );
        }

        return 0;
    }
}
