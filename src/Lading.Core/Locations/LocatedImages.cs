using System.Text.Json;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Locations;

/// <summary>Inspects images in any location, and changes their tags.</summary>
/// <param name="locations">Opens the locations.</param>
internal sealed class LocatedImages(OpenedLocations locations)
{
    /// <summary>The number of concurrent requests.</summary>
    private const int Parallelism = 8;

    /// <summary>
    /// Returns an image and the bytes of its configuration, which are null for an index and for artifacts that are not
    /// images.
    /// </summary>
    /// <exception cref="LadingException">It does not exist.</exception>
    public async Task<(ManifestContent Manifest, byte[]? Configuration)> InspectAsync(
        ImageLocation location,
        Platform? platform,
        bool withConfiguration,
        CancellationToken cancellationToken
    )
    {
        var source = await locations.OpenSourceAsync(location, cancellationToken).ConfigureAwait(false);
        var manifest = await source.GetAsync(platform, cancellationToken).ConfigureAwait(false);
        if (!withConfiguration || manifest.IsIndex || manifest.Document.Config is not { } config)
        {
            return (manifest, null);
        }

        var bytes = await source.Repository.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false);
        return (manifest, IsObject(bytes) ? bytes : null);
    }

    /// <summary>Lists the tags of a location in byte order, with their digests if requested.</summary>
    /// <exception cref="LadingException">The location names an image, or cannot be read.</exception>
    public async Task<IReadOnlyList<(Tag Tag, Digest? Digest)>> ListTagsAsync(
        ImageLocation location,
        bool withDigests,
        CancellationToken cancellationToken
    )
    {
        if (location.Tag is not null || location.Digest is not null)
        {
            throw LadingException.Usage($"Could not list {location}", "it names an image", "Name its repository.");
        }

        var repository = await locations.OpenListAsync(location, cancellationToken).ConfigureAwait(false);
        var tags = await repository.ListTagsAsync(cancellationToken).ConfigureAwait(false);
        var found = tags.Select(tag => (Tag: tag, Digest: (Digest?)null)).ToArray();
        if (withDigests)
        {
            await Parallel
                .ForAsync(
                    0,
                    found.Length,
                    new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                    async (i, token) =>
                        found[i].Digest = (
                            await repository.FindManifestAsync(tags[i], token).ConfigureAwait(false)
                        )?.Digest
                )
                .ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Adds tags to an image.</summary>
    /// <returns>Its digest.</returns>
    /// <exception cref="LadingException">It does not exist, or a tag is refused.</exception>
    public async Task<Digest> TagAsync(
        ImageLocation location,
        IReadOnlyList<Tag> tags,
        TagRule rule,
        CancellationToken cancellationToken
    )
    {
        var repository = await locations.OpenAsync(location, cancellationToken).ConfigureAwait(false);
        var source = await locations.OpenSourceAsync(location, cancellationToken).ConfigureAwait(false);
        var manifest = await source.GetAsync(null, cancellationToken).ConfigureAwait(false);
        foreach (var tag in tags)
        {
            await new TagPlacement(repository, tag, rule).RunAsync(manifest, cancellationToken).ConfigureAwait(false);
        }

        return manifest.Digest;
    }

    /// <summary>Deletes only a tag, or an image by its digest with all its tags.</summary>
    /// <returns>False if it did not exist.</returns>
    /// <exception cref="LadingException">Neither is named, or both.</exception>
    public async Task<bool> DeleteAsync(ImageLocation location, CancellationToken cancellationToken)
    {
        var reference = DeletedReference(location);
        var repository = await locations.OpenAsync(location, cancellationToken).ConfigureAwait(false);
        return await repository.DeleteAsync(reference, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the referrers of an image, of one type if requested.</summary>
    /// <exception cref="LadingException">The image does not exist.</exception>
    public async Task<(Digest Subject, IReadOnlyList<Descriptor> Referrers)> ListReferrersAsync(
        ImageLocation location,
        Platform? platform,
        string? type,
        CancellationToken cancellationToken
    )
    {
        var source = await locations.OpenSourceAsync(location, cancellationToken).ConfigureAwait(false);
        var subject =
            source.Reference.Digest is { } named && platform is null
                ? named
                : (await source.GetAsync(platform, cancellationToken).ConfigureAwait(false)).Digest;
        var referrers = await source.Repository.ListReferrersAsync(subject, cancellationToken).ConfigureAwait(false);
        return (subject, [.. referrers.Where(referrer => type is null || referrer.ArtifactType == type)]);
    }

    /// <summary>Nothing is assumed: no tag does not mean <c>latest</c>, and a tag with a digest is ambiguous.</summary>
    private static ManifestReference DeletedReference(ImageLocation location) =>
        (location.Tag, location.Digest) switch
        {
            ({ } tag, null) => tag,
            (null, { } digest) => digest,
            (null, null) => throw LadingException.Usage(
                $"Could not delete {location}",
                "it names neither a tag nor a digest"
            ),
            _ => throw LadingException.Usage(
                $"Could not delete {location}",
                "it names a tag and a digest",
                "Name the tag to remove the tag, or the digest to remove the image with all its tags."
            ),
        };

    private static bool IsObject(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            // The configuration of something other than an image.
            return false;
        }
    }
}
