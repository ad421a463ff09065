using Lading.Oci;
using Lading.Registry;

namespace Lading.Aws.Ecr;

/// <summary>A repository of ECR, used through the distribution protocol; the login is requested on first use.</summary>
internal sealed class EcrRepository(EcrRegistry registry, RepositoryName name) : IImageRepository
{
    public RepositoryName? Name => name;

    public string Display => $"{registry.Display}/{name}";

    public string? Registry => registry.Display;

    public async Task<Descriptor?> FindManifestAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    ) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .FindManifestAsync(reference, cancellationToken)
            .ConfigureAwait(false);

    public async Task<ManifestContent?> FindManifestContentAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    ) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .FindManifestContentAsync(reference, cancellationToken)
            .ConfigureAwait(false);

    public async Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .FindBlobAsync(digest, cancellationToken)
            .ConfigureAwait(false);

    public Task<HeldBlobs> FindBlobsAsync(
        IReadOnlyCollection<Descriptor> blobs,
        bool canMount,
        CancellationToken cancellationToken
    ) => registry.FindBlobsAsync(name, [.. blobs.Select(blob => blob.Digest)], cancellationToken);

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .OpenBlobAsync(blob, cancellationToken)
            .ConfigureAwait(false);

    public async Task<BlobOutcome> PutBlobAsync(
        ReadableBlob blob,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    ) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .PutBlobAsync(blob, progress, cancellationToken)
            .ConfigureAwait(false);

    public async Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .PutManifestAsync(manifest, tag, cancellationToken)
            .ConfigureAwait(false);

    public async Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .ListTagsAsync(cancellationToken)
            .ConfigureAwait(false);

    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(
        Digest subject,
        CancellationToken cancellationToken
    ) =>
        await (await RemoteAsync(cancellationToken).ConfigureAwait(false))
            .ListReferrersAsync(subject, cancellationToken)
            .ConfigureAwait(false);

    public Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        registry.DeleteAsync(name, reference, cancellationToken);

    private async Task<RemoteRepository> RemoteAsync(CancellationToken cancellationToken) =>
        new(await registry.TransportAsync(cancellationToken).ConfigureAwait(false), name);
}
