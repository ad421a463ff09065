using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Creates an image's entry in the lock.</summary>
internal static class LockEntry
{
    /// <summary>Creates the entry from the registry.</summary>
    /// <param name="registry">The environment's registry.</param>
    /// <param name="image">The image.</param>
    /// <param name="found">The image in the registry, found by its source tag.</param>
    /// <param name="known">The previous lock, which may have the revision; null if there is none.</param>
    /// <param name="cancellationToken">Cancels it.</param>
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
        return await OfAsync(
                registry.Open(repository),
                image,
                found.Digest,
                found.MediaType,
                revision,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Creates the entry, reading only the manifests of an index and the platforms of a mirrored image.
    /// </summary>
    /// <param name="repository">The image's repository.</param>
    /// <param name="image">The image.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="mediaType">The media type of the digest; null if the registry did not return it.</param>
    /// <param name="revision">The commit that first published it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<LockedImage> OfAsync(
        IReadableRepository repository,
        ImageIdentity image,
        Digest digest,
        string? mediaType,
        string? revision,
        CancellationToken cancellationToken
    )
    {
        var defined = image.Definition.Platforms;
        var isManifest =
            MediaTypes.Manifests.Contains(mediaType, StringComparer.Ordinal) && !MediaTypes.IsIndex(mediaType!);
        var locked = new LockedImage(
            image.Definition.Repository.Value,
            digest,
            image.Fingerprint.Hex,
            revision,
            defined
        )
        {
            FingerprintVersion = image.FingerprintVersion,
        };
        if (isManifest && defined.Count > 0)
        {
            return locked;
        }

        var found = await ImagePlatforms.FindAsync(repository, digest, cancellationToken).ConfigureAwait(false);
        if (found is null && defined.Count == 0)
        {
            throw new LadingException(
                $"Could not read the platforms of image {image.Name}",
                $"{repository.Display} does not have {digest}",
                "Publish it again."
            );
        }

        // The manifests of an archived index are unavailable until it is restored.
        return locked with
        {
            Platforms = defined.Count > 0 ? defined : found!.Platforms,
            Manifests = found?.Manifests,
        };
    }

    /// <summary>The revision that a lock has for the same content; null if it has none.</summary>
    public static string? KnownRevision(ImageIdentity image, Digest digest, ImageLock? known) =>
        known?.Images.GetValueOrDefault(image.Name) is { } entry
        && entry.Digest == digest
        && entry.Fingerprint == image.Fingerprint.Hex
            ? entry.Revision
            : null;
}
