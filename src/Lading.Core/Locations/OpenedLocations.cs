using Lading.Layout;
using Lading.Oci;
using Lading.Registries;

namespace Lading.Locations;

/// <summary>Opens the locations that a command line names, and closes them on disposal.</summary>
/// <param name="folder">The folder that relative paths start from.</param>
/// <param name="registries">Opens registries by their hosts; disposed of with this object.</param>
/// <param name="openAccountRegistries">Opens the registries of AWS accounts, when the first one is needed.</param>
internal sealed class OpenedLocations(
    string folder,
    ProjectRegistries registries,
    Func<CancellationToken, Task<ProjectRegistries>> openAccountRegistries
) : IDisposable
{
    private readonly List<IDisposable> opened = [];
    private ProjectRegistries? accountRegistries;

    /// <summary>A repository of a registry, or a layout; archives are opened by <see cref="OpenSourceAsync"/>.</summary>
    public async Task<IImageRepository> OpenAsync(ImageLocation location, CancellationToken cancellationToken) =>
        location.Kind switch
        {
            ImageLocationKind.Registry => (
                await OpenHostAsync(location.Name!.Host, cancellationToken).ConfigureAwait(false)
            ).Open(location.Name.Repository),
            ImageLocationKind.Layout => new ImageLayout(PathOf(location)),
            _ => throw LadingException.Usage(
                $"Could not change {location}",
                "an archive is written as a whole",
                "Write a new one with 'lading image pull' or 'lading image copy'."
            ),
        };

    /// <summary>A location whose tags are listed, including an archive.</summary>
    public async Task<IReadableRepository> OpenListAsync(ImageLocation location, CancellationToken cancellationToken)
    {
        if (location.Kind == ImageLocationKind.Registry)
        {
            return await OpenAsync(location, cancellationToken).ConfigureAwait(false);
        }

        if (location.Kind == ImageLocationKind.Layout)
        {
            return LayoutOf(location, $"Could not list {location}");
        }

        var archived =
            await ArchivedLayout.FindAsync(PathOf(location), cancellationToken).ConfigureAwait(false)
            ?? throw LadingException.Usage($"Could not list {location}", "it holds no image layout");
        opened.Add(archived);
        return archived;
    }

    /// <summary>A location to read from.</summary>
    public async Task<NamedImage> OpenSourceAsync(ImageLocation location, CancellationToken cancellationToken)
    {
        switch (location.Kind)
        {
            case ImageLocationKind.Registry:
                var repository = await OpenAsync(location, cancellationToken).ConfigureAwait(false);
                var named = location.Name!.Manifest;
                return new NamedImage(location, repository, named, location.Digest is null ? named.Tag : location.Tag);
            case ImageLocationKind.Layout:
                return await OfLayoutAsync(location, cancellationToken).ConfigureAwait(false);
            default:
                return await OfArchiveAsync(location, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A location to write to.</summary>
    public async Task<ImageTarget> OpenTargetAsync(ImageLocation location, CancellationToken cancellationToken)
    {
        if (location.Kind is ImageLocationKind.Registry or ImageLocationKind.Layout)
        {
            return new ImageTarget(await OpenAsync(location, cancellationToken).ConfigureAwait(false));
        }

        var target = new ImageTarget(location, PathOf(location));
        opened.Add(target);
        return target;
    }

    public void Dispose()
    {
        opened.ForEach(item => item.Dispose());
        accountRegistries?.Dispose();
        registries.Dispose();
    }

    /// <summary>
    /// A registry by its host. ECR is accessed with the profile of the environment with its account and region, if the folder belongs
    /// to a project; all others need no project, and no valid <c>lading.json</c>.
    /// </summary>
    private async Task<IImageRegistry> OpenHostAsync(string host, CancellationToken cancellationToken)
    {
        if (!EcrAddress.TryParse(host, out _))
        {
            return await registries.OpenHostAsync(host, cancellationToken).ConfigureAwait(false);
        }

        accountRegistries ??= await openAccountRegistries(cancellationToken).ConfigureAwait(false);
        return await accountRegistries.OpenHostAsync(host, cancellationToken).ConfigureAwait(false);
    }

    private async Task<NamedImage> OfLayoutAsync(ImageLocation location, CancellationToken cancellationToken)
    {
        var layout = LayoutOf(location, $"Could not read {location}");
        var index = await layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        return NamedImage.OfLayout(location, layout, index);
    }

    /// <summary>An existing layout.</summary>
    private ImageLayout LayoutOf(ImageLocation location, string attempted)
    {
        var layout = new ImageLayout(PathOf(location));
        return layout.Exists
            ? layout
            : throw LadingException.Usage(
                attempted,
                $"{layout.Display} is not an image layout",
                "Name the folder that has the file oci-layout; 'lading image pull' writes one."
            );
    }

    private async Task<NamedImage> OfArchiveAsync(ImageLocation location, CancellationToken cancellationToken)
    {
        var path = PathOf(location);
        if (await ArchivedLayout.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } archived)
        {
            // Docker also writes layouts since version 25, beside its previous format.
            opened.Add(archived);
            return NamedImage.OfLayout(location, archived, archived.Index);
        }

        if (location.Kind == ImageLocationKind.Archive)
        {
            throw LadingException.Usage(
                $"Could not read {location}",
                "it holds no image layout",
                "What 'docker save' wrote is a docker-archive."
            );
        }

        var work = new StagingFolder();
        opened.Add(work);
        var layout = new ImageLayout(Path.Combine(work.Path, "layout"));
        var image = await DockerArchive
            .TakeAsync(path, location.Name, layout, Path.Combine(work.Path, "layers"), cancellationToken)
            .ConfigureAwait(false);
        return new NamedImage(location, layout, image.Digest, location.Tag);
    }

    private string PathOf(ImageLocation location) => Path.GetFullPath(location.Path, folder);
}
