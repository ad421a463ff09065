using Lading.Cli.Output;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Local;

namespace Lading.Cli.Commands;

/// <summary>Carries out the plan of <c>prune</c> for an embedded registry, after asking.</summary>
internal static class LocalPruneApplication
{
    public static async Task<int> RemoveAsync(
        this Invocation invocation,
        Project project,
        RetentionReport report,
        OpenedRetention opened,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        var environment = project.Environment.Name;
        if (
            report.Deletions > 0
            && !options.IsAgreed(invocation, $"Delete {Words.Images(report.Deletions)} of {environment}?")
        )
        {
            return ExitCode.Cancelled;
        }

        var removed = await new LocalPrune(project, opened.Evidence, opened.Policy)
            .ApplyAsync(report.Plan, cancellationToken)
            .ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(
                PruneOutcomeDocument.Of(environment, report.Host, RemovedImages.OutcomeOf(removed))
            );
        }
        else
        {
            LocalPruneScreen.Show(invocation.Terminal, removed);
        }

        return ExitCode.Of(report.IsComplete);
    }
}
