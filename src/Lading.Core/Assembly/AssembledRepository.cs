using System.Collections.Concurrent;
using Lading.Oci;

namespace Lading.Assembly;

/// <summary>
/// An image while it is being assembled. Its new layers are files and the rest of its new content is in memory; the
/// base's content is read from the base's repository on demand, so that a base layer that the destination already has
/// is never transferred, and any other one once.
/// </summary>
/// <param name="folder">The folder for layers; created with the first one. The caller removes it.</param>
/// <param name="baseRepository">The base's repository; null for <c>scratch</c>.</param>
internal sealed class AssembledRepository(string folder, IReadableRepository? baseRepository) : IImageRepository
{
    private readonly ConcurrentDictionary<Digest, Func<Stream>> blobs = new();
    private readonly ConcurrentDictionary<Digest, ManifestContent> manifests = new();
    private int layerCount;

    /// <summary>The base's registry: if the destination is in the same one, its layers can be mounted from there.</summary>
    public RepositoryName? Name => baseRepository?.Name;

    public string Display => folder;

    public string? Registry => baseRepository?.Registry;

    /// <summary>Writes a layer and adds it.</summary>
    public async Task<WrittenLayer> AddLayerAsync(Func<Stream, Task<WrittenLayer>> write)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Interlocked.Increment(ref layerCount)}.tar.gz");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        WrittenLayer layer;
        await using (file.ConfigureAwait(false))
        {
            layer = await write(file).ConfigureAwait(false);
        }

        blobs[layer.Descriptor.Digest] = () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return layer;
    }

    /// <summary>Adds a small blob.</summary>
    public Descriptor AddBytes(string mediaType, byte[] bytes)
    {
        var digest = Digest.OfBytes(bytes);
        blobs[digest] = () => new MemoryStream(bytes, writable: false);
        return new Descriptor
        {
            MediaType = mediaType,
            Digest = digest,
            Size = bytes.Length,
        };
    }

    public Task<Descriptor?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        Task.FromResult(Find(reference)?.Descriptor);

    public Task<ManifestContent?> FindManifestContentAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    ) => Task.FromResult(Find(reference));

    public async Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (blobs.TryGetValue(digest, out var open))
        {
            var stream = open();
            await using (stream.ConfigureAwait(false))
            {
                return stream.Length;
            }
        }

        return baseRepository is null
            ? null
            : await baseRepository.FindBlobAsync(digest, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        if (blobs.TryGetValue(blob.Digest, out var open))
        {
            return new VerifyingStream(open(), blob, Display);
        }

        return baseRepository is not null
            ? await baseRepository.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false)
            : throw new LadingException($"Could not read blob {blob.Digest}", $"{Display} does not have it");
    }

    public async Task<BlobOutcome> PutBlobAsync(
        ReadableBlob blob,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var stream = await blob.Open(cancellationToken).ConfigureAwait(false);
        var verified = VerifyingStream.Around(stream, blob.Descriptor, "what was sent");
        await using (verified.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            await verified.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            AddBytes(blob.Descriptor.MediaType, bytes.ToArray());
        }

        return BlobOutcome.Sent;
    }

    /// <summary>An assembled image is identified by its digest, never by a tag.</summary>
    public Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken)
    {
        manifests[manifest.Digest] = manifest;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Tag>>([]);

    public Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Descriptor>>([]);

    public Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        Task.FromResult(reference.Digest is { } digest && manifests.TryRemove(digest, out _));

    private ManifestContent? Find(ManifestReference reference) =>
        reference.Digest is { } digest ? manifests.GetValueOrDefault(digest) : null;
}
