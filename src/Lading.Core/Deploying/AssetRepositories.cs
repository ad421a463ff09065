using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>The repositories of image assets that <c>LadingSynthesizer</c> uses: created before cdk pushes, with immutable tags.</summary>
internal sealed class AssetRepositories(Workspace workspace, IDeployProgress progress)
{
    /// <summary>Creates the missing repositories.</summary>
    /// <exception cref="LadingException">One is missing, and Lading may not create it.</exception>
    public async Task EnsureAsync(
        IReadOnlyList<AssetDestination> assets,
        bool noCreate,
        CancellationToken cancellationToken
    )
    {
        var project = workspace.Project;
        var names = assets.Select(asset => asset.OwnRepository).OfType<RepositoryName>().Distinct().ToList();
        if (names.Count == 0 || project.Environment.Account is null)
        {
            return;
        }

        // Assets are in the account of their stack, wherever other images are.
        var environment = project.Environment with
        {
            Registry = null,
        };
        var registry = await workspace.Registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
        foreach (var name in names)
        {
            if (await registry.FindSettingsAsync(name, cancellationToken).ConfigureAwait(false) is not null)
            {
                continue;
            }

            if (noCreate || project.Environment.Repositories == RepositoryOwner.Cdk)
            {
                throw new LadingException(
                    $"Could not deploy to {project.Environment.Name}",
                    $"repository {name}, which image assets go to, is missing",
                    "Deploy the stack that has its ImageRepository construct first, or create it with immutable tags."
                );
            }

            await registry
                .CreateRepositoryAsync(name, AliasTags.SettingsFor(project.Configuration.Aliases), cancellationToken)
                .ConfigureAwait(false);
            progress.Created(name);
        }
    }
}
