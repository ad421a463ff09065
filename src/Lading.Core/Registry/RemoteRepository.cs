using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A repository of a registry that is spoken to by the distribution protocol.</summary>
internal sealed class RemoteRepository(RegistryTransport transport, RepositoryName name) : IImageRepository
{
    public RepositoryName? Name => name;

    public string Display => $"{transport.Address.Host}/{name}";

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

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var part =
            await transport.SendAsync(new GetBlob(name, blob.Digest), cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException($"Could not read blob {blob.Digest}", $"{Display} does not have it");
        return new VerifyingStream(new ResumingBlobStream(transport, name, blob, part), blob, Display);
    }

    public async Task<BlobOutcome> PutBlobAsync(
        BlobSource blob,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var digest = blob.Descriptor.Digest;
        if (!blob.IsMissing && await FindBlobAsync(digest, cancellationToken).ConfigureAwait(false) is not null)
        {
            return BlobOutcome.AlreadyThere;
        }

        var origin = blob.Origin is { } other && other != name ? blob.Origin : null;
        var session = await StartAsync(digest, origin, cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(session, UploadSession.Mounted))
        {
            return BlobOutcome.Mounted;
        }

        for (var tried = 1; ; tried++)
        {
            try
            {
                var upload = new FinishUpload(name, blob, session.Location!, progress);
                await transport.SendAsync(upload, cancellationToken).ConfigureAwait(false);
                return BlobOutcome.Sent;
            }
            catch (LadingException) when (tried < 3 && !cancellationToken.IsCancellationRequested)
            {
                // The session may be what is broken; or the blob arrived, and only its answer did not.
                if (await FindBlobAsync(digest, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return BlobOutcome.Sent;
                }

                session = await StartAsync(digest, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task PutManifestAsync(ManifestContent manifest, Tag? tag, CancellationToken cancellationToken)
    {
        var request = new PutManifest(name, manifest, tag);
        var answer = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is not { } refusal)
        {
            return;
        }

        // An immutable tag is refused even for what it stands on already.
        var current = await FindManifestAsync(tag!.Value, cancellationToken).ConfigureAwait(false);
        if (current?.Digest == manifest.Digest)
        {
            return;
        }

        throw current is not null && IsTaken(refusal)
            ? new TagIsTakenException(tag.Value, current.Digest)
            : RegistryFailure.Of(request.Attempted, transport.Address, refusal);
    }

    public async Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellationToken)
    {
        var tags = new List<Tag>();
        Uri? page = null;
        do
        {
            var listed = await transport.SendAsync(new ListTags(name, page), cancellationToken).ConfigureAwait(false);
            tags.AddRange(listed.Items);
            page = listed.Next;
        } while (page is not null);

        tags.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return tags;
    }

    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Digest subject, CancellationToken cancellationToken)
    {
        var referrers = new List<Descriptor>();
        Uri? page = null;
        do
        {
            var listed = await transport
                .SendAsync(new ListReferrers(name, subject, page), cancellationToken)
                .ConfigureAwait(false);
            if (listed is null)
            {
                return await ListByTagAsync(subject, cancellationToken).ConfigureAwait(false);
            }

            referrers.AddRange(listed.Items);
            page = listed.Next;
        } while (page is not null);

        return referrers;
    }

    /// <summary>Registries without the interface keep referrers under a tag (distribution-spec 1.1, "Referrers Tag Schema").</summary>
    private async Task<IReadOnlyList<Descriptor>> ListByTagAsync(Digest subject, CancellationToken cancellationToken)
    {
        var tag = Tag.Parse($"{subject.Algorithm.Name()}-{subject.Hex}"[..Math.Min(128, subject.Hex.Length + 7)]);
        var index = await FindManifestContentAsync(tag, cancellationToken).ConfigureAwait(false);
        return index?.Children ?? [];
    }

    private async Task<UploadSession> StartAsync(
        Digest digest,
        RepositoryName? origin,
        CancellationToken cancellationToken
    )
    {
        var session = await transport
            .SendAsync(new StartUpload(name, digest, origin), cancellationToken)
            .ConfigureAwait(false);
        return ReferenceEquals(session, UploadSession.Refused)
            ? await transport.SendAsync(new StartUpload(name, digest, null), cancellationToken).ConfigureAwait(false)
            : session;
    }

    /// <summary>ECR says 400 TAG_INVALID, which others say of a malformed tag; ours are well-formed.</summary>
    private static bool IsTaken(RegistryError refusal) =>
        refusal.Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
        || refusal.Code is "TAG_INVALID" or "TAG_IMMUTABLE"
        || refusal.Text.Contains("immutable", StringComparison.OrdinalIgnoreCase);
}
