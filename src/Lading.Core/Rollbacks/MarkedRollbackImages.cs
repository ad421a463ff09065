using Lading.Registries;
using Lading.Shipping;

namespace Lading.Rollbacks;

/// <summary>Unmarks images that are marked for deletion, before a stack is rolled back to them.</summary>
internal static class MarkedRollbackImages
{
    /// <summary>Unmarks them as far as these credentials may. A failure stops nothing: once the change set exists, clean-up sees it.</summary>
    /// <param name="plan">Where to.</param>
    /// <param name="registries">Opens their registries.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What could not be unmarked, and why.</returns>
    public static async Task<IReadOnlyList<string>> KeepAsync(
        RollbackPlan plan,
        IRegistries registries,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var failures = new List<string>();
        foreach (
            var swap in plan
                .Proofs.Where(proof => proof.MarkedSince is not null)
                .Select(proof => proof.Swap)
                .DistinctBy(swap => (swap.Repository, swap.To))
        )
        {
            try
            {
                var registry = await registries.OpenHostAsync(swap.From.Host, cancellationToken).ConfigureAwait(false);
                await new KeptImages(registry, time)
                    .KeepAsync(swap.Image, swap.From.Repository, swap.To, tags: null, source: null, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (LadingException e)
            {
                failures.Add(
                    $"{swap.Image} {swap.To.Short} is marked for deletion, and could not be kept: {e.CameBack}"
                );
            }
        }

        return failures;
    }
}
