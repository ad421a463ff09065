using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Looks up images in the registries, and decides what publishing would do.</summary>
internal sealed class Planning(Workspace workspace)
{
    private EnvironmentDefinition Environment => workspace.Project.Environment;

    /// <summary>Plans, without changing anything.</summary>
    /// <param name="request">The images and the revision.</param>
    /// <param name="isOffline">Whether to plan without asking a registry, as if it had no images.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">Identities cannot be computed, or a registry cannot be reached.</exception>
    public async Task<PlanOutcome> RunAsync(
        SnapshotRequest request,
        bool isOffline,
        CancellationToken cancellationToken
    )
    {
        var target = isOffline
            ? null
            : await workspace.Registries.OpenAsync(Environment, cancellationToken).ConfigureAwait(false);
        target?.Prepare();
        var sources = await ProjectSnapshot
            .OpenAsync(workspace.Project.Folder, request, workspace.Path, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            var plan = target is null
                ? ShippingPlan.ForPublish(Environment, sources.Images, null)
                : await PlanAsync(target, sources.Images, only: null, cancellationToken).ConfigureAwait(false);
            var notes = await BuildNotes.FindAsync(sources, sources.Images, cancellationToken).ConfigureAwait(false);
            return new PlanOutcome(
                plan with
                {
                    Notes = notes,
                },
                request.Uncommitted ? [] : DirtyInputs.ImagesOf(sources)
            );
        }
    }

    /// <summary>
    /// The plan for the project's environment. If images are promoted to it, those it lacks are looked up in the
    /// environment they are promoted from.
    /// </summary>
    /// <param name="registry">The environment's registry.</param>
    /// <param name="images">The images to publish.</param>
    /// <param name="only">The single platform to publish; null for all.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<ShippingPlan> PlanAsync(
        IImageRegistry registry,
        IReadOnlyList<ImageIdentity> images,
        Platform? only,
        CancellationToken cancellationToken
    )
    {
        var origin = Environment.PromoteFrom;
        if (only is not null && origin is not null)
        {
            throw LadingException.Usage(
                $"Could not publish {only} to {Environment.Name}",
                $"its images come from {origin} by digest, and are never built",
                $"Publish the platform to {origin}, or leave --platform out."
            );
        }

        var target = await RegistrySurvey.MakeAsync(registry, images, cancellationToken).ConfigureAwait(false);
        if (origin is null)
        {
            var plan = await AdoptionSurvey
                .CompleteAsync(registry, ShippingPlan.ForPublish(Environment, images, target), cancellationToken)
                .ConfigureAwait(false);
            return plan.WithParts(
                await RegistrySurvey.FindPartsAsync(registry, plan, cancellationToken).ConfigureAwait(false),
                only
            );
        }

        var missing = images.Where(image => target.Find(image) is null).ToList();
        if (missing.Count == 0)
        {
            return ShippingPlan.ForPromotion(Environment, images, target, target);
        }

        var source = await workspace
            .Registries.OpenAsync(workspace.Project.In(origin).Environment, cancellationToken)
            .ConfigureAwait(false);
        return ShippingPlan.ForPromotion(
            Environment,
            images,
            target,
            await RegistrySurvey.MakeAsync(source, missing, cancellationToken).ConfigureAwait(false)
        );
    }
}
