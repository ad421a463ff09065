using System.CommandLine;
using Lading.Cli.Output;
using Lading.Running;

namespace Lading.Cli.Commands;

/// <summary><c>lading history</c>: the releases of a stack, the newest first.</summary>
internal static class HistoryCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "history",
            "Lists the releases of a stack, the newest first: what changed, who deployed it, how long it ran, and whether one can go back to it."
        );
        var stack = new Argument<string?>("stack")
        {
            Description = "The stack's name in CloudFormation. May be left out where the environment has one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var place = new AccountOptions();
        command.Arguments.Add(stack);
        place.AddTo(command);
        context.OnRun(
            command,
            (invocation, cancellationToken) => RunAsync(invocation, place, invocation.Value(stack), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        AccountOptions place,
        string? stack,
        CancellationToken cancellationToken
    )
    {
        var (project, environment) = await place.ReadOneAsync(invocation, cancellationToken).ConfigureAwait(false);

        using var gathering = invocation.OpenGathering();
        var report = await new HistoryRun(gathering, project)
            .RunAsync(environment, stack, cancellationToken)
            .ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(HistoryDocument.Of(report));
        }
        else
        {
            HistoryScreen.Show(invocation.Terminal, report);
        }

        return 0;
    }
}
