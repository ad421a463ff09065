using System.Collections.Concurrent;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A registry with the OCI distribution protocol and no other API.</summary>
internal sealed class DistributionRegistry(RegistryTransport transport) : IImageRegistry
{
    /// <summary>The number of concurrent lookups.</summary>
    private const int Parallelism = 8;

    public string Display => transport.Address.Host;

    public IImageRepository Open(RepositoryName name) => new RemoteRepository(transport, name);

    public async Task<RepositoryContents> FindImagesAsync(
        RepositoryName repository,
        IReadOnlyCollection<ManifestReference> references,
        CancellationToken cancellationToken
    )
    {
        var opened = Open(repository);
        var found = new ConcurrentDictionary<ManifestReference, FoundImage>();
        await ForEachAsync(
                references,
                async (reference, token) =>
                {
                    if (await opened.FindManifestAsync(reference, token).ConfigureAwait(false) is { } manifest)
                    {
                        found[reference] = new FoundImage(manifest.Digest, manifest.MediaType, Tags: null);
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        // Pushing creates repositories here; a missing one cannot be detected earlier.
        return new RepositoryContents(Exists: true, found);
    }

    public async Task<IReadOnlyList<Tag>> FindTagsOfAsync(
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        var opened = Open(repository);
        var matching = new ConcurrentBag<Tag>();
        await ForEachAsync(
                [
                    .. (await opened.ListTagsAsync(cancellationToken).ConfigureAwait(false)).Where(tag =>
                        !ReferrersTag.Is(tag)
                    ),
                ],
                async (tag, token) =>
                {
                    if ((await opened.FindManifestAsync(tag, token).ConfigureAwait(false))?.Digest == digest)
                    {
                        matching.Add(tag);
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. matching.OrderBy(tag => tag.Name, StringComparer.Ordinal)];
    }

    public Task<RepositorySettings?> FindSettingsAsync(
        RepositoryName repository,
        CancellationToken cancellationToken
    ) => Task.FromResult<RepositorySettings?>(null);

    public Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public void Dispose() => transport.Dispose();

    private static Task ForEachAsync<T>(
        IReadOnlyCollection<T> items,
        Func<T, CancellationToken, ValueTask> action,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            action
        );
}
