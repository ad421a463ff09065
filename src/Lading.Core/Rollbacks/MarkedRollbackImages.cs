using Lading.Registries;
using Lading.Shipping;

namespace Lading.Rollbacks;

/// <summary>Keeps images that are marked for deletion, before a stack is rolled back to them.</summary>
internal static class MarkedRollbackImages
{
    /// <summary>
    /// Overrides the marks, as far as the credentials permit. A failure does not stop the rollback: clean-up takes the
    /// change set into account.
    /// </summary>
    /// <param name="plan">The plan of the rollback.</param>
    /// <param name="registries">Opens their registries.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The images whose mark could not be overridden, and why, each as a sentence.</returns>
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
