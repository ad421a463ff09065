using System.CommandLine;
using Lading.Cli.Output;
using Lading.Running;
using Lading.Running.Verifying;

namespace Lading.Cli.Commands;

/// <summary><c>lading verify</c>: watches a deployment in ECS, whoever started it.</summary>
internal static class VerifyCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "verify",
            "Watches a deployment until every task that counts runs what its stacks pin, or it is clear that none will. Exit code 3 then. Changes nothing."
        );
        var stacks = new Argument<string[]>("stacks")
        {
            Description = "Stacks, by their names in CloudFormation. Default: all stacks of the environment.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var place = new AccountOptions();
        var limit = TimeOption.OfVerification();
        command.Arguments.Add(stacks);
        place.AddTo(command);
        limit.AddTo(command);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, place, invocation.Value(stacks) ?? [], limit.Read(invocation), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        AccountOptions place,
        IReadOnlyList<string> names,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var (project, environment) = await place.ReadOneAsync(invocation, cancellationToken).ConfigureAwait(false);

        using var gathering = invocation.OpenGathering();
        var screen = new VerifyScreen(
            invocation.Terminal,
            environment.Name,
            $"lading verify {string.Concat(names.Select(name => $"{name} "))}{environment.Selector}"
        );
        var verification = new Verification(
            gathering,
            environment,
            new VerifiedStacks(names, new StackScope(environment, project?.Configuration)),
            screen,
            invocation.Host.Time
        );
        var report = await verification.RunAsync(limit, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(VerifyDocument.Of(report));
        }
        else
        {
            screen.Show(report);
        }

        return ExitCode.Of(report.Holds);
    }
}
