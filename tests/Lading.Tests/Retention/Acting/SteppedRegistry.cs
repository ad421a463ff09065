using Lading.Oci;
using Lading.Retention.Acting;

namespace Lading.Tests.Retention.Acting;

/// <summary>
/// A registry that calls back before each call, where a test lets something else happen or ends the caller.
/// </summary>
internal sealed class SteppedRegistry(IPrunedRegistry inner, Func<Task> step) : IPrunedRegistry
{
    public string Display => inner.Display;

    public bool TellsTags => inner.TellsTags;

    public IImageRepository Open(RepositoryName name) => new SteppedRepository(inner.Open(name), step);

    public async Task<RepositoryContents> FindImagesAsync(
        RepositoryName repository,
        IReadOnlyCollection<ManifestReference> references,
        CancellationToken cancellationToken
    )
    {
        await step();
        return await inner.FindImagesAsync(repository, references, cancellationToken);
    }

    public async Task<IReadOnlyList<Tag>> FindTagsOfAsync(
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        await step();
        return await inner.FindTagsOfAsync(repository, digest, cancellationToken);
    }

    public Task<RepositorySettings?> FindSettingsAsync(
        RepositoryName repository,
        CancellationToken cancellationToken
    ) => inner.FindSettingsAsync(repository, cancellationToken);

    public Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    ) => inner.CreateRepositoryAsync(repository, settings, cancellationToken);

    public async Task<IReadOnlyList<RemovalFailure>> RemoveAsync(
        RepositoryName repository,
        IReadOnlyList<RemovedReference> references,
        CancellationToken cancellationToken
    )
    {
        await step();
        return Refusal is null
            ? await inner.RemoveAsync(repository, references, cancellationToken)
            : [.. references.Select(reference => new RemovalFailure(reference.Digest, Refusal))];
    }

    public async Task ArchiveAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        await step();
        await inner.ArchiveAsync(repository, digest, cancellationToken);
    }

    public async Task RestoreAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        await step();
        await inner.RestoreAsync(repository, digest, cancellationToken);
    }

    /// <summary>The reason it gives for refusing to remove anything; null to remove.</summary>
    public string? Refusal { get; init; }

    /// <summary>The clock difference that it reports; null for the real one.</summary>
    public TimeSpan? ClockLead { get; init; }

    public async Task<TimeSpan?> GetClockLeadAsync(CancellationToken cancellationToken) =>
        ClockLead ?? await inner.GetClockLeadAsync(cancellationToken);

    public Task<string> GetCallerAsync(CancellationToken cancellationToken) => inner.GetCallerAsync(cancellationToken);

    public void Dispose()
    {
        // The test owns the registry.
    }

    private sealed class SteppedRepository(IImageRepository inner, Func<Task> step) : IImageRepository
    {
        public RepositoryName? Name => inner.Name;

        public string Display => inner.Display;

        public string? Registry => inner.Registry;

        public async Task<Descriptor?> FindManifestAsync(
            ManifestReference reference,
            CancellationToken cancellationToken
        )
        {
            await step();
            return await inner.FindManifestAsync(reference, cancellationToken);
        }

        public async Task<ManifestContent?> FindManifestContentAsync(
            ManifestReference reference,
            CancellationToken cancellationToken
        )
        {
            await step();
            return await inner.FindManifestContentAsync(reference, cancellationToken);
        }

        public Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken) =>
            inner.FindBlobAsync(digest, cancellationToken);

        public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
            inner.OpenBlobAsync(blob, cancellationToken);

        public Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken) =>
            inner.ListTagsAsync(cancellationToken);

        public Task<IReadOnlyList<Descriptor>> ListReferrersAsync(
            Digest subject,
            CancellationToken cancellationToken
        ) => inner.ListReferrersAsync(subject, cancellationToken);

        public async Task<BlobOutcome> PutBlobAsync(
            ReadableBlob blob,
            IProgress<long>? progress,
            CancellationToken cancellationToken
        )
        {
            await step();
            return await inner.PutBlobAsync(blob, progress, cancellationToken);
        }

        public async Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken)
        {
            await step();
            await inner.PutManifestAsync(manifest, tag, cancellationToken);
        }

        public Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken) =>
            inner.DeleteAsync(reference, cancellationToken);
    }
}
