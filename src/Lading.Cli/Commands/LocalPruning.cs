using Lading.Cli.Output;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Local;

namespace Lading.Cli.Commands;

/// <summary>Carries out what <c>prune</c> has shown of an embedded registry, after asking.</summary>
internal static class LocalPruning
{
    private const int DoesNotHold = 3;
    private const int Cancelled = 130;

    public static async Task<int> RemoveAsync(
        this Invocation invocation,
        Project project,
        RetentionReport report,
        OpenedRetention opened,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        if (options.Archives(invocation))
        {
            throw LadingException.Usage(
                $"Could not clean up {project.Environment.Name}",
                "an embedded registry has no archive",
                "Leave --archive out."
            );
        }

        var count = report.Deletions;
        if (count > 0 && !options.IsAgreed(invocation))
        {
            if (!invocation.Terminal.Confirm($"Delete {Words.Images(count)} of {project.Environment.Name}?"))
            {
                invocation.Terminal.Narrate("  Nothing was changed.");
                return Cancelled;
            }
        }

        var removed = await new LocalPrune(project, opened.Evidence, opened.Policy)
            .ApplyAsync(report.Plan, cancellationToken)
            .ConfigureAwait(false);
        LocalPruneScreen.Show(invocation, removed);
        return report.IsComplete ? 0 : DoesNotHold;
    }
}
