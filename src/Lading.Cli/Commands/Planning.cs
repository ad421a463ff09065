using Lading.Fingerprints;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary>Asks the registries and decides, for the verbs that publish or show what publishing would do.</summary>
internal static class Planning
{
    /// <summary>Lets the registries that a plan will ask find their credentials and connections, while git is read.</summary>
    public static async Task PrepareAsync(Registries registries, Project project, CancellationToken cancellationToken)
    {
        Project[] asked = project.Environment.PromoteFrom is { } origin ? [project, project.In(origin)] : [project];
        foreach (var environment in asked.Select(each => each.Environment))
        {
            var registry = await registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
            registry.Prepare();
        }
    }

    /// <summary>The plan for the project's environment: a promotion where it takes its images from another one.</summary>
    /// <param name="registries">Opens what is asked.</param>
    /// <param name="project">The project, in its environment.</param>
    /// <param name="images">What is to be there.</param>
    /// <param name="only">The one platform to publish; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ShippingPlan> PlanAsync(
        Registries registries,
        Project project,
        IReadOnlyList<ImageIdentity> images,
        Platform? only,
        CancellationToken cancellationToken
    )
    {
        if (project.Environment.PromoteFrom is not { } origin)
        {
            var there = await SurveyAsync(project, cancellationToken).ConfigureAwait(false);
            var plan = ShippingPlan.ForPublish(project.Environment, images, there);
            var registry = await registries.OpenAsync(project.Environment, cancellationToken).ConfigureAwait(false);
            plan = await AdoptionSurvey.CompleteAsync(registry, plan, cancellationToken).ConfigureAwait(false);
            return await PartSurvey.CompleteAsync(registry, plan, only, cancellationToken).ConfigureAwait(false);
        }

        if (only is not null)
        {
            throw LadingException.Usage(
                $"Could not publish {only} to {project.Environment.Name}",
                $"its images come from {origin} by digest, and are never built",
                $"Publish the platform to {origin}, or leave --platform out."
            );
        }

        var source = new ConcurrentWork<RegistrySurvey>(
            token => SurveyAsync(project.In(origin), token),
            cancellationToken
        );
        await using var ended = source.ConfigureAwait(false);
        var target = await SurveyAsync(project, cancellationToken).ConfigureAwait(false);
        return ShippingPlan.ForPromotion(
            project.Environment,
            images,
            target,
            await source.Result.ConfigureAwait(false)
        );

        async Task<RegistrySurvey> SurveyAsync(Project at, CancellationToken token)
        {
            var registry = await registries.OpenAsync(at.Environment, token).ConfigureAwait(false);
            return await RegistrySurvey.MakeAsync(registry, images, token).ConfigureAwait(false);
        }
    }
}
