using System.Collections.Concurrent;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// /// An index whose platforms come from two sources: those built on this machine and those that other machines
/// published. The index is kept in memory.
/// </summary>
/// <param name="built">The platforms built on this machine.</param>
/// <param name="published">The source of the other platforms.</param>
internal sealed class MultiPlatformSource(IImageRepository built, IReadableRepository published) : IImageRepository
{
    private readonly ConcurrentDictionary<Digest, ManifestContent> indexes = new();

    public RepositoryName? Name => null;

    public string Display => built.Display;

    public async Task<Descriptor?> FindManifestAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    ) => (await FindManifestContentAsync(reference, cancellationToken).ConfigureAwait(false))?.Descriptor;

    public async Task<ManifestContent?> FindManifestContentAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    ) =>
        (reference.Digest is { } digest ? indexes.GetValueOrDefault(digest) : null)
        ?? await built.FindManifestContentAsync(reference, cancellationToken).ConfigureAwait(false)
        ?? await published.FindManifestContentAsync(reference, cancellationToken).ConfigureAwait(false);

    public async Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        await built.FindBlobAsync(digest, cancellationToken).ConfigureAwait(false)
        ?? await published.FindBlobAsync(digest, cancellationToken).ConfigureAwait(false);

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var source = await built.FindBlobAsync(blob.Digest, cancellationToken).ConfigureAwait(false) is null
            ? published
            : built;
        return await source.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);
    }

    public Task<BlobOutcome> PutBlobAsync(
        ReadableBlob blob,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    ) => built.PutBlobAsync(blob, progress, cancellationToken);

    /// <summary>A combined image is identified by its digest, never by a tag.</summary>
    public Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken)
    {
        indexes[manifest.Digest] = manifest;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Tag>>([]);

    public Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Descriptor>>([]);

    public Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        Task.FromResult(reference.Digest is { } digest && indexes.TryRemove(digest, out _));
}
