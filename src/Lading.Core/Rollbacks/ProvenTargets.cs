using Lading.Oci;
using Lading.Registries;

namespace Lading.Rollbacks;

/// <summary>
/// Verifies again that the images of a rollback exist: they may have been deleted or archived before the user confirmed
/// the plan.
/// </summary>
internal static class ProvenTargets
{
    /// <summary>Ensures that the images still exist.</summary>
    /// <param name="plan">The plan of the rollback.</param>
    /// <param name="registries">Opens their registries.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">An image does not exist, or its registry does not answer; nothing was
    /// changed.</exception>
    public static async Task EnsureAsync(RollbackPlan plan, IRegistries registries, CancellationToken cancellationToken)
    {
        // Without --force, the plan has no image that could not be verified.
        var repositories = plan
            .Proofs.Where(proof => !proof.IsUncertain)
            .Select(proof => proof.Swap)
            .GroupBy(swap => (swap.From.Host, swap.From.Repository));
        foreach (var swaps in repositories)
        {
            var repository = swaps.Key.Repository;
            var found = await FindAsync(plan, registries, [.. swaps], cancellationToken).ConfigureAwait(false);
            foreach (var swap in swaps)
            {
                var image = found.Images.GetValueOrDefault(swap.To);
                if (image is null or { IsArchived: true })
                {
                    throw Refused(
                        plan,
                        $"{repository}@{swap.To.Algorithm.Name()}:{swap.To.Short}… was {(image is null ? "deleted" : "archived")} since this was shown",
                        plan.Others
                    );
                }
            }
        }
    }

    /// <summary>Looks up the targets of a repository.</summary>
    private static async Task<RepositoryContents> FindAsync(
        RollbackPlan plan,
        IRegistries registries,
        IReadOnlyList<ImageSwap> swaps,
        CancellationToken cancellationToken
    )
    {
        var (host, repository) = (swaps[0].From.Host, swaps[0].From.Repository);
        try
        {
            var registry = await registries.OpenHostAsync(host, cancellationToken).ConfigureAwait(false);
            var references = swaps.Select(swap => (ManifestReference)swap.To).Distinct().ToList();
            return await registry.FindImagesAsync(repository, references, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException e)
        {
            throw Refused(plan, $"images of {repository} could not be looked up again: {e.CameBack}", e.Remedy);
        }
    }

    private static LadingException Refused(RollbackPlan plan, string cameBack, string remedy) =>
        new(
            $"Could not go back in {plan.Stack.Name}",
            cameBack,
            $"Nothing was changed. {remedy}".TrimEnd(),
            FailureKind.CheckFailed
        );
}
