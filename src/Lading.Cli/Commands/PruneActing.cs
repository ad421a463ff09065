using Lading.Cli.Output;
using Lading.Oci;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;

namespace Lading.Cli.Commands;

/// <summary>Applies what <c>prune</c> has shown, after asking.</summary>
internal static class PruneActing
{
    private const int Failed = 1;
    private const int DoesNotHold = 3;
    private const int Cancelled = 130;

    /// <summary>Marks, keeps and deletes in the registry of an environment.</summary>
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="project">The project.</param>
    /// <param name="report">What was shown.</param>
    /// <param name="reading">Reads the evidence again.</param>
    /// <param name="options">How to act.</param>
    /// <param name="cancellationToken">Stops it between two calls.</param>
    public static async Task<int> ActAsync(
        this Invocation invocation,
        Project project,
        RetentionReport report,
        IRetentionEvidence reading,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        var environment = project.Environment;
        var time = invocation.Host.Time;
        var request = new PruneRequest(
            options.Grace(invocation, report.Policy),
            options.Archives(invocation),
            environment.Name,
            Path.Combine(project.OwnFolder, "prune")
        )
        {
            Host = report.Host,
        };
        if (report.Plan.Stops is [var stop, ..])
        {
            Show(invocation, report, request, new PruneOutcome { Stopped = stop.Reason });
            return DoesNotHold;
        }

        var marking = MarkingPlan.Of(
            new RetentionPlan(report.Repositories),
            DeletionMark.DayOf(time.GetUtcNow()),
            request.Grace
        );
        var question = PruneQuestion.Of(marking, request);
        if (question is not null && !options.IsAgreed(invocation, question))
        {
            return Cancelled;
        }

        using var registries = invocation.OpenRegistries(project);
        var registry = await registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
        if (registry is not IPrunedRegistry pruned)
        {
            throw LadingException.Usage(
                $"Could not clean up {environment.Name}",
                $"{registry.Display} is not ECR, and cannot delete several images at once",
                "Clean up where that registry is administered."
            );
        }

        var outcome = await new PruneRun(
            pruned,
            reading,
            report.Policy,
            request,
            time,
            new PruneProgressScreen(invocation.Terminal)
        )
            .RunAsync(report.Plan, cancellationToken)
            .ConfigureAwait(false);
        Show(invocation, report, request, outcome);
        return outcome.Failures.Count > 0 ? Failed
            : outcome.Stopped is not null || !report.IsComplete ? DoesNotHold
            : 0;
    }

    private static void Show(Invocation invocation, RetentionReport report, PruneRequest request, PruneOutcome outcome)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(PruneOutcomeDocument.Of(report.Environment, report.Host, outcome));
        }
        else
        {
            PruneOutcomeScreen.Show(invocation.Terminal, outcome, request.Grace);
        }
    }
}
