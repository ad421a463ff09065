using Lading.Oci;

namespace Lading.Layout;

/// <summary>The embedded registry in process: no server is started, the layouts on disk are the registry.</summary>
internal sealed class EmbeddedRegistry(LayoutStore store, TimeProvider time) : IImageRegistry
{
    public string Display => "embedded";

    public bool TellsTags => true;

    public async Task<IDisposable?> BlockRemovalAsync(string verb, CancellationToken cancellationToken)
    {
        try
        {
            return await new StoreUsers(store).EnterAsync(verb, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException e)
            when (e.InnerException is not IOException failure || !FolderLock.IsHeldByAnother(failure))
        {
            // Without write permission, reading works, and a write reports why it fails.
            return null;
        }
    }

    public IImageRepository Open(RepositoryName name) => store.Open(name);

    public async Task<RepositoryContents> FindImagesAsync(
        RepositoryName repository,
        IReadOnlyCollection<ManifestReference> references,
        CancellationToken cancellationToken
    )
    {
        if (store.Find(repository) is null)
        {
            return new RepositoryContents(false, new Dictionary<ManifestReference, FoundImage>());
        }

        var layout = store.Open(repository);
        var index = await layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<ManifestReference, FoundImage>();
        foreach (var reference in references)
        {
            var entry = reference.Tag is { } tag
                ? index.Find(tag)
                : await layout.FindManifestAsync(reference, cancellationToken).ConfigureAwait(false);
            if (entry is not null)
            {
                found[reference] = new FoundImage(entry.Digest, entry.MediaType, index.TagsOf(entry.Digest));
            }
        }

        return new RepositoryContents(true, found);
    }

    public async Task<IReadOnlyList<Tag>> FindTagsOfAsync(
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    ) => (await store.Open(repository).ReadIndexAsync(cancellationToken).ConfigureAwait(false)).TagsOf(digest);

    public Task<RepositorySettings?> FindSettingsAsync(
        RepositoryName repository,
        CancellationToken cancellationToken
    ) => Task.FromResult(store.Find(repository)?.Settings);

    public Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    ) =>
        store.CreateAsync(
            repository,
            new RepositoryRecord { Settings = settings, CreatedAt = time.GetUtcNow() },
            cancellationToken
        );

    public void Dispose()
    {
        // Nothing stays open between calls.
    }
}
