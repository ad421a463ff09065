using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>What a lock says of an image that a registry has.</summary>
internal static class LockEntry
{
    /// <summary>Reads it from the registry.</summary>
    /// <param name="registry">The environment's registry.</param>
    /// <param name="image">The image.</param>
    /// <param name="found">What the registry has under its source tag.</param>
    /// <param name="known">The lock as it was: it spares asking for a revision that it knows. Null where there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LockedImage> ReadAsync(
        IImageRegistry registry,
        ImageIdentity image,
        FoundImage found,
        ImageLock? known,
        CancellationToken cancellationToken
    )
    {
        var repository = image.Definition.Repository;
        var revision = found.Tags is null
            ? KnownRevision(image, found.Digest, known)
                ?? RevisionTag.RevisionAmong(
                    await registry.FindTagsOfAsync(repository, found.Digest, cancellationToken).ConfigureAwait(false)
                )
            : RevisionTag.RevisionAmong(found.Tags);
        return await OfAsync(registry.Open(repository), image, found.Digest, revision, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Makes it from what is known; the platforms of somebody else's image are read from its manifest.</summary>
    public static async Task<LockedImage> OfAsync(
        IImageRepository repository,
        ImageIdentity image,
        Digest digest,
        string? revision,
        CancellationToken cancellationToken
    ) =>
        new(
            image.Definition.Repository.Value,
            digest,
            image.Fingerprint.Hex,
            revision,
            image.Definition.Platforms.Count > 0
                ? image.Definition.Platforms
                : await ImagePlatforms.OfAsync(repository, digest, cancellationToken).ConfigureAwait(false)
        );

    /// <summary>The revision that a lock has for the same content; null where it has none.</summary>
    public static string? KnownRevision(ImageIdentity image, Digest digest, ImageLock? known) =>
        known?.Images.GetValueOrDefault(image.Name) is { } entry
        && entry.Digest == digest
        && entry.Fingerprint == image.Fingerprint.Hex
            ? entry.Revision
            : null;
}
