using Lading.Configuration;
using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Watches a deployment in ECS until all of it has completed, failed or timed out. Changes nothing.</summary>
/// <param name="gathering">Reads the environment.</param>
/// <param name="regions">The accounts and regions of the deployment, with the stacks to watch.</param>
/// <param name="progress">Receives each state.</param>
/// <param name="time">The clock.</param>
internal sealed class Verification(
    IEnvironmentGathering gathering,
    IReadOnlyList<VerifiedRegion> regions,
    IVerificationProgress progress,
    TimeProvider time
)
{
    /// <summary>How long to watch a deployment by default.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(30);

    /// <summary>The interval between two reads.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>How long a transient state must last before it counts: reads of ECS lag.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly EnvironmentEvidence?[] latest = new EnvironmentEvidence?[regions.Count];

    /// <summary>The verification of stacks in one account and region.</summary>
    /// <param name="gathering">Reads the environment.</param>
    /// <param name="environment">An environment with an account.</param>
    /// <param name="stacks">The stacks to watch.</param>
    /// <param name="progress">Receives each state.</param>
    /// <param name="time">The clock.</param>
    public Verification(
        IEnvironmentGathering gathering,
        EnvironmentDefinition environment,
        VerifiedStacks stacks,
        IVerificationProgress progress,
        TimeProvider time
    )
        : this(gathering, [new VerifiedRegion(environment, stacks)], progress, time) { }

    /// <summary>Watches to the end.</summary>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellationToken">Stops watching; the deployment continues.</param>
    /// <exception cref="LadingException">The environment could not be read at all, or a named stack does not exist.</exception>
    public Task<VerificationReport> RunAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        RunAsync(limit, before: null, cancellationToken);

    /// <summary>Watches to the end.</summary>
    /// <param name="limit">How long at most.</param>
    /// <param name="before">The stacks before a successful deployment; null if they are unknown.</param>
    /// <param name="cancellationToken">Stops watching; the deployment continues.</param>
    /// <exception cref="LadingException">The environment could not be read at all, or a named stack does not exist.</exception>
    public Task<VerificationReport> RunAsync(
        TimeSpan limit,
        PreviousStacks? before,
        CancellationToken cancellationToken
    ) => progress.WatchAsync(() => WatchAsync(limit, before, cancellationToken));

    /// <summary>Reports changes while another program updates the stacks, until it is cancelled. Failed reads are left out.</summary>
    public async Task AccompanyAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    var report = await ReadAsync(before: null, isFirst: false, cancellationToken).ConfigureAwait(false);
                    progress.Looked(report.Moving);
                }
                catch (LadingException)
                {
                    // The final verification reports what could not be read.
                }

                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The other program has finished.
        }
    }

    private async Task<VerificationReport> WatchAsync(
        TimeSpan limit,
        PreviousStacks? before,
        CancellationToken cancellationToken
    )
    {
        // Evidence read during an update does not show the final state.
        Array.Clear(latest);
        var began = time.GetUtcNow();
        DateTimeOffset? transientSince = null;
        VerificationReport? report = null;
        try
        {
            while (true)
            {
                var isFirst = report is null;
                report = await ReadAsync(before, isFirst, cancellationToken).ConfigureAwait(false);
                progress.Looked(report);
                var now = time.GetUtcNow();
                transientSince = report is { IsUnderWay: false, Holds: false, MayPass: true }
                    ? transientSince ?? now
                    : null;
                if (!report.IsUnderWay && (transientSince is not { } since || now - since >= Grace))
                {
                    return report;
                }

                if (now - began >= limit)
                {
                    return TimedOut(report, limit);
                }

                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.Stopped(report);
            throw;
        }
    }

    /// <summary>Reads all regions once.</summary>
    /// <exception cref="LadingException">No region could be read at all, or a named stack does not exist.</exception>
    private async Task<VerificationReport> ReadAsync(
        PreviousStacks? before,
        bool isFirst,
        CancellationToken cancellationToken
    )
    {
        var reads = await Task.WhenAll(
                regions.Select(
                    (region, i) =>
                        gathering.ReadDeploymentAsync(
                            region.Environment,
                            region.Stacks.Owns,
                            latest[i],
                            cancellationToken
                        )
                )
            )
            .ConfigureAwait(false);
        if (Array.TrueForAll(reads, read => read.Failure is not null))
        {
            throw reads[0].Failure!;
        }

        for (var i = 0; i < regions.Count; i++)
        {
            if (reads[i].Failure is null)
            {
                latest[i] = reads[i];
                if (isFirst)
                {
                    regions[i].Stacks.Require(reads[i], regions[i].Environment.Selector);
                }
            }
        }

        return VerificationReport.Join([.. reads.Select(read => VerifyingRules.Of(read, before))]);
    }

    private VerificationReport TimedOut(VerificationReport report, TimeSpan limit) =>
        report with
        {
            Services =
            [
                .. report.Services.Select(service =>
                    service.IsUnderWay
                        ? service with
                        {
                            Outcome = ServiceOutcome.TimedOut,
                            Reason = $"not done after {limit:c}: {service.Reason}",
                            Remedy =
                                service.Troubles.Count > 0
                                    ? service.Troubles[0].Remedy
                                    : $"It may still get there: lading verify {SelectorOf(service)} watches it again, --verify-timeout for longer.",
                        }
                        : service
                ),
            ],
        };

    private string SelectorOf(ServiceDeploymentState service) =>
        Array.Find(latest, each => each?.Account == service.Account && each.Region == service.Region)?.Selector
        ?? regions[0].Environment.Selector;
}
