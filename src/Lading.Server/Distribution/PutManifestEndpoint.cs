using Lading.Layout;
using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary>
/// <c>PUT /v2/&lt;name&gt;/manifests/&lt;reference&gt;</c>: of any media type, once everything it refers to is here. A push by digest
/// may have tags in its query.
/// </summary>
internal sealed class PutManifestEndpoint(RepositoryName repository, ManifestReference reference) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var tags = TagsOf(context.Request);
        var bytes = await ReadAsync(context, cancellationToken).ConfigureAwait(false);
        var manifest = Parse(bytes, context.Request.ContentType?.Split(';')[0].Trim());
        var layout = await context.OpenForPushAsync(repository, cancellationToken).ConfigureAwait(false);
        await RequireFreeAsync(context, layout, manifest, tags, cancellationToken).ConfigureAwait(false);
        await StoreAsync(layout, manifest, tags, cancellationToken).ConfigureAwait(false);
        await context.Registry.RestoreAsync(repository, manifest.Digest, cancellationToken).ConfigureAwait(false);
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{repository}/manifests/{manifest.Digest}";
        headers["Docker-Content-Digest"] = manifest.Digest.ToString();
        if (manifest.Document.Subject is { } subject)
        {
            headers["OCI-Subject"] = subject.Digest.ToString();
        }

        if (reference.Digest is not null && tags.Count > 0)
        {
            headers["OCI-Tag"] = tags.Select(tag => tag.Name).ToArray();
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentLength = 0;
    }

    /// <summary>ECR refuses to push an immutable tag again even for the same image, unless that is archived.</summary>
    private async Task RequireFreeAsync(
        RegistryContext context,
        ImageLayout layout,
        ManifestContent manifest,
        IReadOnlyList<Tag> tags,
        CancellationToken cancellationToken
    )
    {
        if (tags.Count == 0 || context.Registry.Store.Find(repository) is not { } record)
        {
            return;
        }

        var index = await layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        foreach (var tag in tags.Where(record.Settings.IsImmutable))
        {
            if (index.Find(tag)?.Digest == manifest.Digest && !context.Registry.IsArchived(repository, manifest.Digest))
            {
                throw IsTaken(tag, manifest.Digest);
            }
        }
    }

    private DistributionException IsTaken(Tag tag, Digest? holder) =>
        new(
            400,
            "TAG_INVALID",
            $"The image tag '{tag}' already exists in the '{repository}' repository and cannot be overwritten because the tag is immutable.",
            holder?.ToString()
        );

    private async Task StoreAsync(
        ImageLayout layout,
        ManifestContent manifest,
        IReadOnlyList<Tag> tags,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await layout.PutTagsAsync(manifest, tags, cancellationToken).ConfigureAwait(false);
        }
        catch (TagIsTakenException taken)
        {
            throw IsTaken(taken.Tag, taken.Current);
        }
        catch (WrongSizeException wrong)
        {
            throw DistributionException.ManifestInvalid(wrong.Message);
        }
        catch (BlobIsMissingException missing)
        {
            throw new DistributionException(
                400,
                "MANIFEST_BLOB_UNKNOWN",
                "the manifest names what the repository does not have",
                missing.Missing.ToString()
            );
        }
    }

    private ManifestContent Parse(byte[] bytes, string? mediaType)
    {
        ManifestContent manifest;
        try
        {
            manifest = ManifestContent.Parse(bytes, mediaType, reference.Digest?.Algorithm ?? DigestAlgorithm.Sha256);
        }
        catch (FormatException e)
        {
            throw DistributionException.ManifestInvalid(e.Message);
        }

        if (manifest.Document.MediaType is { } stated && !MediaTypes.IsGeneric(mediaType) && stated != mediaType)
        {
            throw DistributionException.ManifestInvalid($"it says {stated}, its Content-Type {mediaType}");
        }

        return reference.Digest is { } digest && digest != manifest.Digest
            ? throw DistributionException.DigestInvalid(
                "the manifest has another digest than its address",
                manifest.Digest.ToString()
            )
            : manifest;
    }

    private static async Task<byte[]> ReadAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var bytes = await RequestBytes
            .ReadAsync(context, ManifestContent.MaximumSize, isProven: true, cancellationToken)
            .ConfigureAwait(false);
        return bytes
            ?? throw new DistributionException(413, "SIZE_INVALID", "a manifest has at most 4 MiB (4194304 bytes)");
    }

    private IReadOnlyList<Tag> TagsOf(HttpRequest request)
    {
        if (reference.Tag is { } named)
        {
            return [named];
        }

        var tags = new List<Tag>();
        foreach (var text in request.Query["tag"])
        {
            tags.Add(
                Tag.TryParse(text, out var tag)
                    ? tag
                    : throw new DistributionException(400, "TAG_INVALID", "this is not a valid tag", text)
            );
        }

        return tags;
    }
}
