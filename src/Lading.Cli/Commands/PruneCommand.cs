using System.CommandLine;
using System.Text;
using Lading.Cli.Output;
using Lading.Cli.Output.Page;
using Lading.Configuration;

namespace Lading.Cli.Commands;

/// <summary><c>lading prune</c>: which images of an environment's registry nobody uses, or may use again.</summary>
internal static class PruneCommand
{
    private const int DoesNotHold = 3;

    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "prune",
            "Says which images of an environment's registry may be deleted, and why the others are kept. Reads who uses them in all accounts of lading.json. Deletes nothing."
        );
        var options = new RetentionOptions();
        options.AddTo(command);
        var html = new Option<string?>("--html")
        {
            Description = "Also write one self-contained page with each image, and what its decision is from.",
            HelpName = "file",
        };
        command.Options.Add(html);
        context.OnRun(
            command,
            (invocation, cancellationToken) => RunAsync(invocation, options, invocation.Value(html), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        RetentionOptions options,
        string? page,
        CancellationToken cancellationToken
    )
    {
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        if (page is not null && Directory.Exists(Path.GetFullPath(page, invocation.Host.WorkingDirectory)))
        {
            throw LadingException.Usage(
                $"Could not write {page}",
                "it is a folder",
                $"Name a file: --html {page}/prune.html"
            );
        }

        var report = await invocation.PlanRetentionAsync(project, options, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(PruneDocument.Of(report));
        }
        else
        {
            PruneScreen.Show(invocation.Terminal, report, invocation.Verbose);
        }

        if (page is not null)
        {
            var path = Path.GetFullPath(page, invocation.Host.WorkingDirectory);
            await WholeFile
                .WriteAsync(path, Encoding.UTF8.GetBytes(PrunePage.Of(report)), cancellationToken)
                .ConfigureAwait(false);
            invocation.Terminal.Narrate($"  wrote {page}");
        }

        return report.IsComplete ? 0 : DoesNotHold;
    }
}
