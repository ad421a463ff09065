using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Projects;
using Lading.Running;

namespace Lading.Cli.Commands;

/// <summary><c>lading status</c>: what runs where, and whether it is what was meant.</summary>
internal static class StatusCommand
{
    private const int DoesNotHold = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "status",
            "Says what runs in each environment and whether it is what its stacks pin: deploying, rolled back, hotswapped, drifted. Without --env: in every one that has an account. Changes nothing."
        );
        var place = new AccountOptions();
        place.AddTo(command);
        var code = new Option<bool>("--exit-code")
        {
            Description = "Exit code 3 where anything is not running as it is pinned, or could not be read.",
        };
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = "Look again every 5 seconds, until Ctrl-C; on a terminal the screen is drawn in place.",
        };
        command.Options.Add(code);
        command.Options.Add(watch);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, place, invocation.Value(code), invocation.Value(watch), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        AccountOptions place,
        bool withCode,
        bool watches,
        CancellationToken cancellationToken
    )
    {
        if (watches && invocation.Json)
        {
            throw LadingException.Usage(
                "Could not watch",
                "--output json gives one document, and --watch many",
                "Leave one of them out."
            );
        }

        var (project, environments) = await place.ReadAsync(invocation, cancellationToken).ConfigureAwait(false);
        using var gathering = invocation.OpenGathering();
        using var folder = project is null
            ? null
            : WorkFolder.Create(project, invocation.Host.Time, invocation.Host.Random);
        var run = new StatusRun(gathering, project, folder?.Path ?? "", invocation.Host.Time);
        while (true)
        {
            var report = await run.RunAsync(environments, cancellationToken).ConfigureAwait(false);
            if (watches)
            {
                invocation.Terminal.BeginAgain();
            }

            Show(invocation, report);
            if (!watches)
            {
                return ExitCode(report, withCode);
            }

            await Task.Delay(Pause, invocation.Host.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where no environment at all could be read, nothing was done.</summary>
    private static int ExitCode(StatusReport report, bool withCode) =>
        report.Environments.All(environment => environment.Evidence.Failure is not null)
            ? (int)report.Environments[0].Evidence.Failure!.Kind
        : withCode && !report.Holds ? DoesNotHold
        : 0;

    private static void Show(Invocation invocation, StatusReport report)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(StatusDocument.Of(report));
            return;
        }

        StatusScreen.Show(invocation.Terminal, report);
    }
}
