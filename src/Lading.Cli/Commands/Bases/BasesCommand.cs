using System.CommandLine;
using Lading.Bases;
using Lading.Cli.Output;

namespace Lading.Cli.Commands.Bases;

/// <summary><c>lading bases</c>: the base images of the project, and how their pins compare with the registries.</summary>
internal static class BasesCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "bases",
            "Lists base images: the digest each is pinned to, what its reference points to now, and how old that is."
        );
        command.Subcommands.Add(BasesUpdateCommand.Create(context));
        command.Subcommands.Add(BasesCheckCommand.Create(context));
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var selection = await ReadAsync(invocation, cancellationToken).ConfigureAwait(false);
                using var registries = invocation.OpenRegistries(selection.Project);
                var statuses = await new BaseSurvey(registries, invocation.Host.Time)
                    .LookAsync(selection.Bases.Uses, withAges: true, cancellationToken)
                    .ConfigureAwait(false);
                new BasesScreen(statuses, selection.Bases.Unused).Show(invocation, onlyProblems: false);
                return 0;
            }
        );
        return command;
    }

    /// <summary>The argument for references to bases.</summary>
    internal static Argument<string[]> References() =>
        new("reference")
        {
            Description = "References as 'lading bases' lists them. Default: all.",
            Arity = ArgumentArity.ZeroOrMore,
        };

    /// <summary>Reads the bases of the project of the working directory.</summary>
    internal static async Task<BaseSelection> ReadAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        return await BaseSelection
            .OfAsync(project, invocation.Host.WorkingDirectory, cancellationToken)
            .ConfigureAwait(false);
    }
}
