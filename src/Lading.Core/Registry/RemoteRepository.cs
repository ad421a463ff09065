using System.Net;
using System.Runtime.CompilerServices;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A repository of a registry with the distribution protocol.</summary>
internal sealed class RemoteRepository(RegistryTransport transport, RepositoryName name) : IImageRepository
{
    public RepositoryName? Name => name;

    public string Display => $"{transport.Address.Host}/{name}";

    public string? Registry => transport.Address.Host;

    public async Task<Descriptor?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken)
    {
        var found = await transport
            .SendAsync(new FindManifest(name, reference), cancellationToken)
            .ConfigureAwait(false);
        return found is null || found.Digest != default
            ? found
            : (await FindManifestContentAsync(reference, cancellationToken).ConfigureAwait(false))?.Descriptor;
    }

    public Task<ManifestContent?> FindManifestContentAsync(
        ManifestReference reference,
        CancellationToken cancellationToken
    ) => transport.SendAsync(new GetManifest(name, reference), cancellationToken);

    public Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        transport.SendAsync(new FindBlob(name, digest), cancellationToken);

    public async Task<HeldBlobs> FindBlobsAsync(
        IReadOnlyCollection<Descriptor> blobs,
        bool canMount,
        CancellationToken cancellationToken
    ) =>
        // One request about a new repository saves one for each blob.
        canMount
        || blobs.Count < 2
        || await transport.SendAsync(new FindRepository(name), cancellationToken).ConfigureAwait(false)
            ? HeldBlobs.Unknown
            : HeldBlobs.HardlyAny;

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var part = await transport.SendAsync(new GetBlob(name, blob), cancellationToken).ConfigureAwait(false);
        return new VerifyingStream(new ResumingBlobStream(transport, name, blob, part), blob, Display);
    }

    public async Task<BlobOutcome> PutBlobAsync(
        ReadableBlob blob,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        await transport.Uploads.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await new BlobUpload(transport, name, blob, progress)
                .RunAsync(cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            transport.Uploads.Release();
        }
    }

    public async Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken)
    {
        var request = new PutManifest(name, manifest, tag);
        var answer = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is not { } refusal)
        {
            await ListReferrerAsync(manifest, answer, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (refusal.MissingOf(manifest) is { } missing)
        {
            throw new BlobIsMissingException(manifest.Digest, missing, Display);
        }

        // An immutable tag is refused even for its own digest.
        var current = tag is { } requested
            ? await FindManifestAsync(requested, cancellationToken).ConfigureAwait(false)
            : null;
        if (current?.Digest == manifest.Digest)
        {
            return;
        }

        throw current is not null && refusal.SaysTaken
            ? new TagIsTakenException(tag!.Value, current.Digest)
            : RegistryFailure.Of(request.Attempted, transport.Address, refusal);
    }

    public async Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken)
    {
        var tags = new List<Tag>();
        await foreach (
            var page in PagesAsync(page => new ListTags(name, page), cancellationToken).ConfigureAwait(false)
        )
        {
            tags.AddRange(page!.Items);
        }

        return [.. tags.Distinct().OrderBy(tag => tag.Name, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken)
    {
        var referrers = new List<Descriptor>();
        await foreach (
            var page in PagesAsync(page => new ListReferrers(name, subject, page), cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if (page is null)
            {
                return await new FallbackReferrers(this).ListAsync(subject, cancellationToken).ConfigureAwait(false);
            }

            referrers.AddRange(page.Items);
        }

        return [.. referrers.DistinctBy(referrer => referrer.Digest)];
    }

    public async Task<bool> DeleteAsync(ManifestReference reference, CancellationToken cancellationToken)
    {
        var request = new DeleteManifest(name, reference);
        var error = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (error is null or { Status: HttpStatusCode.NotFound, Code: not "UNSUPPORTED" })
        {
            return error is null;
        }

        if (
            reference.Tag is not null
            && await FindManifestAsync(reference, cancellationToken).ConfigureAwait(false) is null
        )
        {
            // A registry that cannot delete a single tag refuses before it looks it up.
            return false;
        }

        throw new LadingException(
            $"{request.Attempted} at {transport.Address.Host}",
            error.Description,
            reference.Tag is null
                ? "See whether deleting is enabled there."
                : "This registry cannot delete a single tag. Delete the image by its digest, which removes all its tags."
        );
    }

    /// <summary>A registry that does not confirm that it lists a referrer may not have the referrers API.</summary>
    private async Task ListReferrerAsync(
        ManifestContent manifest,
        PutManifestAnswer answer,
        CancellationToken cancellationToken
    )
    {
        if (manifest.Document.Subject?.Digest is not { } subject || answer.IsListed)
        {
            return;
        }

        var page = await transport
            .SendAsync(new ListReferrers(name, subject, null), cancellationToken)
            .ConfigureAwait(false);
        if (page is null)
        {
            await new FallbackReferrers(this).AddAsync(subject, manifest, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The pages of a listing, each once: a circular link ends it.</summary>
    private async IAsyncEnumerable<ListedPage<T>?> PagesAsync<T>(
        Func<Uri?, IRegistryRequest<ListedPage<T>?>> ask,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var seen = new HashSet<Uri>();
        Uri? address = null;
        do
        {
            var page = await transport.SendAsync(ask(address), cancellationToken).ConfigureAwait(false);
            yield return page;
            address = page?.Next;
        } while (address is not null && seen.Add(address));
    }
}
