using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>Reads how the stacks of a deployment stand, in every account and region that it goes to.</summary>
/// <param name="gathering">Reads one of them.</param>
/// <param name="regions">The accounts and regions.</param>
/// <param name="time">The clock.</param>
internal sealed class RegionGathering(
    IEnvironmentGathering gathering,
    IReadOnlyList<DeployRegion> regions,
    TimeProvider time
)
{
    /// <summary>How often what could not be read before a deployment is asked again: each question was already tried several times.</summary>
    private const int MostTries = 3;

    /// <summary>What there is now, a value for each region. What could not be read is in it.</summary>
    public Task<EnvironmentEvidence[]> ReadAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(regions.Select(region => ReadAsync(region, cancellationToken)));

    /// <summary>The same, which asks again where stacks could not be read for a reason that may pass.</summary>
    public async Task<EnvironmentEvidence[]> ReadPatientlyAsync(CancellationToken cancellationToken)
    {
        var found = await ReadAsync(cancellationToken).ConfigureAwait(false);
        for (var tries = 1; tries < MostTries && Array.Exists(found, MayBeReadLater); tries++)
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
