using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>Reads the state of a deployment's stacks, in all its accounts and regions.</summary>
/// <param name="gathering">Reads the state of one account and region.</param>
/// <param name="regions">The accounts and regions.</param>
/// <param name="time">The clock.</param>
internal sealed class RegionGathering(
    IEnvironmentGathering gathering,
    IReadOnlyList<DeployRegion> regions,
    TimeProvider time
)
{
    /// <summary>How often to try to read the stacks before a deployment; each attempt has its own retries.</summary>
    private const int MaxAttempts = 3;

    /// <summary>The current state, a value for each region, including what could not be read.</summary>
    public Task<EnvironmentEvidence[]> ReadAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(regions.Select(region => ReadAsync(region, cancellationToken)));

    /// <summary>
    /// The current state, with retries if stacks could not be read for a reason that may be transient.
    /// </summary>
    public async Task<EnvironmentEvidence[]> ReadPatientlyAsync(CancellationToken cancellationToken)
    {
        var found = await ReadAsync(cancellationToken).ConfigureAwait(false);
        for (var tries = 1; tries < MaxAttempts && Array.Exists(found, MayBeReadLater); tries++)
        {
            await Task.Delay(Verification.Pause, time, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < found.Length; i++)
            {
                if (MayBeReadLater(found[i]))
                {
                    found[i] = await ReadAsync(regions[i], cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return found;
    }

    private Task<EnvironmentEvidence> ReadAsync(DeployRegion region, CancellationToken cancellationToken) =>
        gathering.ReadDeploymentAsync(
            region.Environment,
            name => region.Names.Contains(name, StringComparer.Ordinal),
            null,
            cancellationToken
        );

    private static bool MayBeReadLater(EnvironmentEvidence evidence) =>
        evidence.Failure is { Kind: not FailureKind.Usage }
        || evidence.Unread.Any(fact => !fact.IsDenied && fact.Source.Action == "cloudformation:DescribeStacks");
}
