using System.CommandLine;
using Lading.Cli.Output;
using Lading.Cli.Output.Page;
using Lading.Configuration;
using Lading.Retention;

namespace Lading.Cli.Commands;

/// <summary>
/// <c>lading prune</c>: finds the images of an environment's registry that are not in use and will not be used again.
/// </summary>
internal static class PruneCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "prune",
            "Says which images of an environment's registry may be deleted, and why the others are kept. Reads who uses them in all accounts of lading.json; for an embedded registry, what git and locks need. Deletes nothing without --apply."
        );
        var options = new RetentionOptions();
        options.AddTo(command);
        var apply = new ApplyOptions();
        apply.AddTo(command);
        var html = new Option<string?>("--html")
        {
            Description = "Also write one self-contained page with each image, and what its decision is from.",
            HelpName = "file",
        };
        command.Options.Add(html);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, options, apply, invocation.Value(html), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        RetentionOptions options,
        ApplyOptions apply,
        string? page,
        CancellationToken cancellationToken
    )
    {
        apply.Ensure(invocation);
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        apply.Ensure(invocation, project.Environment);
        PageFile.Ensure(invocation, page, "prune.html");
        using var opened = await invocation
            .OpenRetentionAsync(project, options, cancellationToken)
            .ConfigureAwait(false);
        var report = await opened.PlanAsync(cancellationToken).ConfigureAwait(false);
        Show(apply.IsApplied(invocation) ? invocation.AsPart() : invocation, report);
        if (PruneScreen.PullsOf(report) is { } pulls)
        {
            invocation.Terminal.Note(pulls);
        }

        if (page is not null)
        {
            await PageFile.WriteAsync(invocation, page, PrunePage.Of(report), cancellationToken).ConfigureAwait(false);
        }

        return !apply.IsApplied(invocation) ? ExitCode.Of(report.IsComplete)
            : project.Environment.IsEmbedded
                ? await invocation.RemoveAsync(project, report, opened, apply, cancellationToken).ConfigureAwait(false)
            : await invocation
                .ActAsync(project, report, opened.Evidence, apply, cancellationToken)
                .ConfigureAwait(false);
    }

    private static void Show(Invocation invocation, RetentionReport report)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(PruneDocument.Of(report));
        }
        else
        {
            PruneScreen.Show(invocation.Terminal, report, invocation.Verbose, isPlan: !invocation.IsPart);
        }
    }
}
