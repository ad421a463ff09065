using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary>Asks the registries and decides, for the verbs that publish or show what publishing would do.</summary>
internal static class Planning
{
    /// <summary>Lets the registries that a plan will ask find their credentials and connections, while git is read.</summary>
    public static async Task PrepareAsync(Registries registries, Project project, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { project.Environment.Name, project.Environment.PromoteFrom }.OfType<string>())
        {
            var registry = await registries
                .OpenAsync(project.In(name).Environment, cancellationToken)
                .ConfigureAwait(false);
            registry.Prepare();
        }
    }

    /// <summary>The plan for the project's environment: a promotion where it takes its images from another one.</summary>
    public static async Task<ShippingPlan> PlanAsync(
        Registries registries,
        Project project,
        IReadOnlyList<ImageIdentity> images,
        CancellationToken cancellationToken
    )
    {
        var target = SurveyAsync(project);
        if (project.Environment.PromoteFrom is not { } origin)
        {
            return ShippingPlan.ForPublish(project.Environment, images, await target.ConfigureAwait(false));
        }

        var source = SurveyAsync(project.In(origin));
        return ShippingPlan.ForPromotion(
            project.Environment,
            images,
            await target.ConfigureAwait(false),
            await source.ConfigureAwait(false)
        );

        async Task<RegistrySurvey> SurveyAsync(Project at)
        {
            var registry = await registries.OpenAsync(at.Environment, cancellationToken).ConfigureAwait(false);
            return await RegistrySurvey.MakeAsync(registry, images, cancellationToken).ConfigureAwait(false);
        }
    }
}
