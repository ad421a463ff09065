using Lading.Oci;

namespace Lading.Layout;

/// <summary>The images in a tar file with an OCI image layout, read in place; nothing is written.</summary>
internal sealed class ArchivedLayout : IReadableRepository, IDisposable
{
    private const int MaxIndexSize = 64 * 1024 * 1024;
    private readonly TarContents contents;
    private readonly string path;

    private ArchivedLayout(string path, TarContents contents, LayoutIndex index)
    {
        this.path = path;
        this.contents = contents;
        Index = index;
    }

    public RepositoryName? Name => null;

    public string Display => path;

    /// <summary>The index of its images.</summary>
    public LayoutIndex Index { get; }

    /// <summary>Opens an archive; null if it has no OCI image layout.</summary>
    /// <exception cref="LadingException">It could not be read.</exception>
    public static async Task<ArchivedLayout?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var contents = TarContents.Open(path);
        try
        {
            var bytes = await contents
                .FindBytesAsync("index.json", MaxIndexSize, cancellationToken)
                .ConfigureAwait(false);
            if (bytes is null)
            {
                contents.Dispose();
                return null;
            }

            return new ArchivedLayout(path, contents, LayoutIndex.Parse(bytes));
        }
        catch (FormatException e)
        {
            contents.Dispose();
            throw new LadingException($"Could not read the archive {path}", e.Message, innerException: e);
        }
        catch
        {
            contents.Dispose();
            throw;
        }
    }

    public async Task<Descriptor?> FindManifestAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    ) => (await FindManifestContentAsync(reference, cancellationToken).ConfigureAwait(false))?.Descriptor;

    public async Task<ManifestContent?> FindManifestContentAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    )
    {
        var entry = reference.Tag is { } tag ? Index.Find(tag) : Index.Find(reference.Digest!.Value);
        if ((entry?.Digest ?? reference.Digest) is not { } digest)
        {
            return null;
        }

        try
        {
            var bytes = await contents
                .FindBytesAsync(FileOf(digest), ManifestContent.MaximumSize, cancellationToken)
                .ConfigureAwait(false);
            return bytes is null ? null : Verified(bytes, digest, entry?.MediaType);
        }
        catch (FormatException e)
        {
            throw new LadingException($"Could not read {digest} in {path}", e.Message, innerException: e);
        }
    }

    public Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(contents.SizeOf(FileOf(digest)));

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        contents.OpenFile(FileOf(blob.Digest)) is { } file
            ? Task.FromResult<Stream>(new VerifyingStream(file, blob, path))
            : throw new LadingException($"Could not read blob {blob.Digest}", $"{path} does not have it");

    public Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken) => Task.FromResult(Index.Tags);

    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken)
    {
        var referrers = new List<Descriptor>();
        foreach (var entry in Index.Entries.DistinctBy(entry => entry.Digest))
        {
            var content = await FindManifestContentAsync(entry.Digest, cancellationToken).ConfigureAwait(false);
            if (content?.Document.Subject?.Digest == subject)
            {
                referrers.Add(content.AsReferrer());
            }
        }

        return referrers;
    }

    public void Dispose() => contents.Dispose();

    private ManifestContent Verified(byte[] bytes, Digest digest, string? mediaType)
    {
        var actual = Digest.OfBytes(bytes, digest.Algorithm);
        return actual == digest
            ? ManifestContent.Parse(bytes, mediaType, digest.Algorithm)
            : throw new ContentMismatchException(
                new Descriptor { Digest = digest, Size = bytes.Length },
                path,
                $"its bytes have the digest {actual}"
            );
    }

    private static string FileOf(Digest digest) => $"blobs/{digest.Algorithm.Name()}/{digest.Hex}";
}
