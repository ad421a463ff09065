using System.CommandLine;
using Lading.Bases;
using Lading.Cli.Output;

namespace Lading.Cli.Commands.Bases;

/// <summary><c>lading bases check</c>: whether every base is pinned to the current digest of its reference.</summary>
internal static class BasesCheckCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("check", "Checks that every base is pinned and current. Exit code 3 if one is not.");
        var references = BasesCommand.References();
        command.Arguments.Add(references);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var selection = await BasesCommand.ReadAsync(invocation, cancellationToken).ConfigureAwait(false);
                var chosen = selection.Choose(invocation.Value(references) ?? []);
                using var registries = invocation.OpenRegistries(selection.Project);
                var statuses = await new BaseSurvey(registries, invocation.Host.Time)
                    .LookAsync(chosen, withAges: false, cancellationToken)
                    .ConfigureAwait(false);
                var report = new BasesScreen(statuses, []);
                report.Show(invocation, onlyProblems: true);
                return (int?)report.Failure ?? 0;
            }
        );
        return command;
    }
}
