using System.CommandLine;
using Lading.Cli.Output;
using Lading.Cli.Output.Page;
using Lading.Configuration;
using Lading.Projects;
using Lading.Running;
using Lading.Running.Timelines;

namespace Lading.Cli.Commands;

/// <summary>
/// <c>lading status</c>: shows the images that environments run, and whether they are the deployed ones.
/// </summary>
internal static class StatusCommand
{
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
        var html = new Option<string?>("--html")
        {
            Description =
                "Also write one self-contained page: the table, the releases of each service, and what every verdict is from.",
            HelpName = "file",
        };
        command.Options.Add(code);
        command.Options.Add(watch);
        command.Options.Add(html);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    place,
                    new Choices(invocation.Value(code), invocation.Value(watch), invocation.Value(html)),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        AccountOptions place,
        Choices choices,
        CancellationToken cancellationToken
    )
    {
        Check(invocation, choices);

        var (project, environments) = await place.ReadAsync(invocation, cancellationToken).ConfigureAwait(false);
        using var gathering = invocation.OpenGathering();
        using var folder = project is null
            ? null
            : WorkFolder.Create(project, invocation.Host.Time, invocation.Host.Random);
        var run = new StatusRun(gathering, project, folder?.Path ?? "", invocation.Host.Time);
        if (choices.Watches)
        {
            // Ctrl-C ends the loop with an exception.
            await foreach (var latest in run.WatchAsync(environments, cancellationToken).ConfigureAwait(false))
            {
                invocation.Terminal.BeginAgain();
                Show(invocation, latest);
            }
        }

        var report = await run.RunAsync(environments, cancellationToken).ConfigureAwait(false);
        Show(invocation, report);
        if (choices.Page is { } page)
        {
            var history = await new StatusHistoryRun(gathering, project)
                .RunAsync(environments, report, cancellationToken)
                .ConfigureAwait(false);
            await PageFile
                .WriteAsync(invocation, page, StatusPage.Of(report, history), cancellationToken)
                .ConfigureAwait(false);
        }

        return (int)(
            report.Failure?.Kind ?? (choices.WithCode && !report.Holds ? FailureKind.CheckFailed : FailureKind.None)
        );
    }

    private static void Check(Invocation invocation, Choices choices)
    {
        if (choices.Watches && invocation.Json)
        {
            throw LadingException.Usage(
                "Could not watch",
                "--output json gives one document, and --watch many",
                "Leave one of them out."
            );
        }

        if (choices.Watches && choices.Page is not null)
        {
            throw LadingException.Usage(
                "Could not watch",
                "--html writes one page, and --watch looks again and again",
                "Leave one of them out."
            );
        }

        PageFile.Ensure(invocation, choices.Page, "status.html");
    }

    private static void Show(Invocation invocation, StatusReport report)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(StatusDocument.Of(report));
            return;
        }

        StatusScreen.Show(invocation.Terminal, report);
    }

    /// <summary>The request on the command line.</summary>
    /// <param name="WithCode">Whether the exit code reports services that do not run as deployed.</param>
    /// <param name="Watches">Whether to read again until cancelled.</param>
    /// <param name="Page">The file for the page; null for none.</param>
    private sealed record Choices(bool WithCode, bool Watches, string? Page);
}
