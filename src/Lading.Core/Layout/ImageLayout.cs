using Lading.Context;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// The images in one OCI image layout on disk (image-spec 1.1, "Image Layout"). Several processes may use one layout concurrently, and
/// a killed one leaves it in its old state or its new one.
/// </summary>
internal sealed class ImageLayout : IImageRepository
{
    /// <summary>Files in a layout's folder beside its blobs.</summary>
    public static readonly string[] Insides =
    [
        IndexFile.Name,
        LockFile,
        "blobs",
        Path.Combine("blobs", "sha256"),
        Path.Combine("blobs", "sha512"),
        IncomingBlobs.FolderName,
    ];

    private const string LockFile = ".lock";
    private static readonly byte[] Version = "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray();
    private readonly string directory;
    private readonly Func<Tag, bool> isImmutable;
    private readonly LayoutStore? store;
    private readonly IDisk disk;
    private readonly IndexFile file;

    /// <param name="directory">The layout's folder; created with the first write.</param>
    /// <param name="name">Its name within a store; null if it stands alone.</param>
    /// <param name="isImmutable">Which tags are immutable; null for none.</param>
    /// <param name="store">Its store, whose other repositories' blobs it may share; null if it stands alone. Only a layout that stands
    /// alone may have symbolic links as blobs.</param>
    public ImageLayout(
        string directory,
        RepositoryName? name = null,
        Func<Tag, bool>? isImmutable = null,
        LayoutStore? store = null
    )
    {
        this.directory = directory;
        this.store = store;
        this.isImmutable = isImmutable ?? (_ => false);
        Name = name;
        disk = store?.Disk ?? SystemDisk.Instance;
        file = new IndexFile(directory, disk, store?.Indexes);
        Blobs = new BlobFolder(Path.Combine(directory, "blobs"), disk, followsLinks: store is null);
    }

    public RepositoryName? Name { get; }

    public string? Registry => store?.Directory;

    public string Display => Name is { } name ? $"embedded/{name}" : directory;

    /// <summary>Its blobs, including manifests.</summary>
    public BlobFolder Blobs { get; }

    /// <summary>True if the layout exists.</summary>
    public bool Exists => file.Exists;

    /// <summary>The current index; empty if there is no layout.</summary>
    public Task<LayoutIndex> ReadIndexAsync(CancellationToken cancellationToken) => file.ReadAsync(cancellationToken);

    public async Task<Descriptor?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken)
    {
        var index = await ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        if (reference.Tag is { } tag)
        {
            return index.Find(tag);
        }

        var digest = reference.Digest!.Value;
        return index.Find(digest)
            ?? (await ReadManifestAsync(digest, null, cancellationToken).ConfigureAwait(false))?.Descriptor;
    }

    public async Task<ManifestContent?> FindManifestContentAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    )
    {
        var index = await ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        var entry = reference.Tag is { } tag ? index.Find(tag) : index.Find(reference.Digest!.Value);
        var digest = entry?.Digest ?? reference.Digest;
        return digest is { } known
            ? await ReadManifestAsync(known, entry?.MediaType, cancellationToken).ConfigureAwait(false)
            : null;
    }

    public Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(Blobs.Find(digest));

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        Blobs.Open(blob.Digest) is { } file
            ? Task.FromResult<Stream>(new VerifyingStream(file, blob, Display))
            : throw new LadingException($"Could not read blob {blob.Digest}", $"{Display} does not have it");

    public async Task<BlobOutcome> PutBlobAsync(
        ReadableBlob blob,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        if (Blobs.Find(blob.Descriptor.Digest) == blob.Descriptor.Size)
        {
            return BlobOutcome.AlreadyThere;
        }

        if (store is not null && SharedBlobs.TryShare(store, this, blob.Descriptor, blob.Origin, cancellationToken))
        {
            return BlobOutcome.Mounted;
        }

        await Blobs.StoreAsync(blob, progress, cancellationToken).ConfigureAwait(false);
        return BlobOutcome.Sent;
    }

    public Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken) =>
        PutTagsAsync(manifest, tag is { } name ? [name] : [], cancellationToken);

    /// <summary>Stores a manifest under any number of tags, in one change of the index: all of them, or none if one is taken.</summary>
    public async Task PutTagsAsync(
        ManifestContent manifest,
        IReadOnlyList<Tag> tags,
        CancellationToken cancellationToken
    )
    {
        // Once before taking the lock, and again under it, where nobody can remove a blob.
        Blobs.Settle([manifest.Digest, .. manifest.Blobs.Concat(manifest.Children).Select(needed => needed.Digest)]);
        ManifestFile.RequireComplete(Blobs, manifest, Display);
        await ChangeAsync(
                async index =>
                {
                    ManifestFile.RequireComplete(Blobs, manifest, Display);
                    foreach (var name in tags.Where(isImmutable))
                    {
                        if (index.Find(name) is { } taken && taken.Digest != manifest.Digest)
                        {
                            throw new TagIsTakenException(name, taken.Digest);
                        }
                    }

                    if (Blobs.FindFlushed(manifest.Digest) != manifest.Bytes.Length)
                    {
                        using var bytes = new MemoryStream(manifest.Bytes.ToArray());
                        await Blobs.WriteAsync(manifest.Digest, bytes, null, cancellationToken).ConfigureAwait(false);
                        Blobs.Settle([manifest.Digest]);
                    }

                    var entry = EntryFor(manifest);
                    return tags.Aggregate(index.With(entry, tag: null), (with, tag) => with.With(entry, tag));
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken) =>
        (await ReadIndexAsync(cancellationToken).ConfigureAwait(false)).Tags;

    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken)
    {
        var index = await ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        var referrers = new List<Descriptor>();
        foreach (var entry in index.Entries.DistinctBy(entry => entry.Digest))
        {
            var content = await ReadManifestAsync(entry.Digest, entry.MediaType, cancellationToken)
                .ConfigureAwait(false);
            if (content?.Document.Subject?.Digest == subject)
            {
                referrers.Add(content.AsReferrer());
            }
        }

        return referrers;
    }

    /// <summary>Waits for the lock on the index, and holds it until disposal.</summary>
    public Task<FolderLock> LockAsync(CancellationToken cancellationToken) =>
        FolderLock.TakeAsync(Path.Combine(directory, LockFile), cancellationToken);

    public Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        new LayoutRemoval(this).RemoveAsync(reference, cancellationToken);

    /// <summary>Changes the index, one process at a time; an unchanged index is not written.</summary>
    public async Task ChangeAsync(Func<LayoutIndex, Task<LayoutIndex>> change, CancellationToken cancellationToken)
    {
        OwnFolder.Ignore(directory);
        Directory.CreateDirectory(directory);
        using var folderLock = await LockAsync(cancellationToken).ConfigureAwait(false);
        var before = await ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        var after = await change(before).ConfigureAwait(false);
        if (ReferenceEquals(before, after) && Exists)
        {
            return;
        }

        // Only the holder of the lock writes here, so these are left-overs of a killed process.
        DurableFile.ClearTemporaries(directory);

        var version = Path.Combine(directory, "oci-layout");
        if (!File.Exists(version))
        {
            await DurableFile.WriteAsync(disk, version, Version, cancellationToken).ConfigureAwait(false);
        }

        // Everything in the index is flushed before the index itself.
        Blobs.Flush();
        await file.WriteAsync(after, cancellationToken).ConfigureAwait(false);
    }

    private static Descriptor EntryFor(ManifestContent manifest) =>
        manifest.Document.ArtifactType is { } type
            ? manifest.Descriptor with
            {
                ArtifactType = type,
            }
            : manifest.Descriptor;

    private Task<ManifestContent?> ReadManifestAsync(
        Digest digest,
        string? mediaType,
        CancellationToken cancellationToken
    ) => ManifestFile.ReadAsync(Blobs, digest, mediaType, Display, cancellationToken);
}
