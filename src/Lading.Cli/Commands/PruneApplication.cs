using Lading.Cli.Output;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;

namespace Lading.Cli.Commands;

/// <summary>Carries out the plan of <c>prune</c>, after asking.</summary>
internal static class PruneApplication
{
    /// <summary>Marks, keeps and deletes images in the registry of an environment.</summary>
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="project">The project.</param>
    /// <param name="report">The report that was shown.</param>
    /// <param name="evidence">Reads the evidence again.</param>
    /// <param name="options">The options of <c>--apply</c>.</param>
    /// <param name="cancellationToken">Stops it between two calls.</param>
    public static async Task<int> ActAsync(
        this Invocation invocation,
        Project project,
        RetentionReport report,
        IRetentionEvidence evidence,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        var environment = project.Environment;
        var request = new PruneRequest(
            options.Grace(invocation, report.Policy),
            options.Archives(invocation),
            environment.Name,
            Path.Combine(project.OwnFolder, "prune")
        )
        {
            Host = report.Host,
        };
        using var registries = invocation.OpenRegistries(project);
        var outcome = await new AgreedPrune(
            registries,
            evidence,
            invocation.Host.Time,
            new PruneProgressScreen(invocation.Terminal)
        )
            .RunAsync(
                environment,
                report,
                request,
                marking =>
                    PruneConfirmation.Of(marking, request) is not { } question
                    || options.IsAgreed(invocation, question),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (outcome is null)
        {
            return ExitCode.Cancelled;
        }

        Show(invocation, report, request, outcome);
        return (int)outcome.KindFor(report);
    }

    private static void Show(Invocation invocation, RetentionReport report, PruneRequest request, PruneOutcome outcome)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(PruneOutcomeDocument.Of(report.Environment, report.Host, outcome));
        }
        else
        {
            PruneOutcomeScreen.Show(invocation.Terminal, outcome, request.Grace, report.IsComplete);
        }
    }
}
