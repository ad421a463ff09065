using Lading.Configuration;
using Lading.Registries;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>Carries out a plan that was shown, once the user confirms it.</summary>
/// <param name="registries">Opens the registry.</param>
/// <param name="evidence">Reads the evidence again.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Receives each step.</param>
internal sealed class AgreedPrune(
    IRegistries registries,
    IRetentionEvidence evidence,
    TimeProvider time,
    IPruneProgress progress
)
{
    /// <summary>Asks for confirmation, then marks and removes images.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="report">The report that was shown.</param>
    /// <param name="request">How images are removed.</param>
    /// <param name="agrees">Asks whether images may be marked and removed.</param>
    /// <param name="cancellationToken">Stops it between two calls; the next run continues.</param>
    /// <returns>The outcome; null if the user declines.</returns>
    /// <exception cref="LadingException">The registry cannot delete images in bulk, or the log could not be
    /// written.</exception>
    public async Task<PruneOutcome?> RunAsync(
        EnvironmentDefinition environment,
        RetentionReport report,
        PruneRequest request,
        Func<MarkingPlan, bool> agrees,
        CancellationToken cancellationToken
    )
    {
        if (report.Plan.Stops is [var stop, ..])
        {
            return new PruneOutcome { Stopped = stop.Reason };
        }

        var marking = MarkingPlan.Of(
            new RetentionPlan(report.Repositories),
            UtcDay.Of(time.GetUtcNow()),
            request.Grace
        );
        if (!agrees(marking))
        {
            return null;
        }

        var registry = await registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
        return registry is IPrunedRegistry prunable
            ? await new PruneRun(prunable, evidence, report.Policy, request, time, progress)
                .RunAsync(report.Plan, cancellationToken)
                .ConfigureAwait(false)
            : throw LadingException.Usage(
                $"Could not clean up {environment.Name}",
                $"{registry.Display} is not ECR, and cannot delete several images at once",
                "Clean up where that registry is administered."
            );
    }
}
