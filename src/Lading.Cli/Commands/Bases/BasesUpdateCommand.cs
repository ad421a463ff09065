using System.CommandLine;
using Lading.Bases;
using Lading.Cli.Output;

namespace Lading.Cli.Commands.Bases;

/// <summary><c>lading bases update</c>: adds and updates pins.</summary>
internal static class BasesUpdateCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "update",
            "Pins bases to what their references point to now. Changes only lading.bases.json."
        );
        var references = BasesCommand.References();
        references.Description =
            "References as 'lading bases' lists them; add @digest to pin one to that digest. Default: all.";
        var prune = new Option<bool>("--prune") { Description = "Remove pins that no image uses." };
        command.Arguments.Add(references);
        command.Options.Add(prune);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, invocation.Value(references) ?? [], invocation.Value(prune), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        IReadOnlyList<string> references,
        bool prune,
        CancellationToken cancellationToken
    )
    {
        var selection = await BasesCommand.ReadAsync(invocation, cancellationToken).ConfigureAwait(false);
        using var registries = invocation.OpenRegistries(selection.Project);
        var outcome = await new BasesUpdate(selection, registries, invocation.Host.Time)
            .RunAsync(references, prune, cancellationToken)
            .ConfigureAwait(false);
        BasesUpdateScreen.Show(invocation, outcome);
        return outcome.Failures.Any() ? (int)FailureKind.Failed : 0;
    }
}
