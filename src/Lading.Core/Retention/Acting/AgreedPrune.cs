using Lading.Configuration;
using Lading.Registries;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>Carries out what was shown of a registry, once that is agreed to.</summary>
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
    /// <param name="environment">The environment.</param>
    /// <param name="report">What was shown.</param>
    /// <param name="request">How images are removed.</param>
    /// <param name="agrees">Says whether images may be marked and removed; not asked where none are.</param>
    /// <param name="cancellationToken">Stops it between two calls; the next run continues.</param>
    /// <returns>Null if it is not agreed to.</returns>
    /// <exception cref="LadingException">The registry cannot do it, or what is to be deleted could not be written down.</exception>
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
        return registry is IPrunedRegistry pruned
            ? await new PruneRun(pruned, evidence, report.Policy, request, time, progress)
                .RunAsync(report.Plan, cancellationToken)
                .ConfigureAwait(false)
            : throw LadingException.Usage(
                $"Could not clean up {environment.Name}",
                $"{registry.Display} is not ECR, and cannot delete several images at once",
                "Clean up where that registry is administered."
            );
    }
}
