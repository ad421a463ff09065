using Lading.Oci;

namespace Lading.Assembly;

/// <summary>Combines the images of several platforms into an index.</summary>
internal static class PlatformIndex
{
    /// <summary>Stores an index of several manifests, in byte order of their platforms; a single manifest needs none.</summary>
    /// <returns>The digest of the index, or of the one manifest.</returns>
    public static async Task<Digest> PutAsync(
        IReadOnlyList<PlatformManifest> manifests,
        IImageRepository target,
        CancellationToken cancellationToken
    )
    {
        if (manifests.Count == 1)
        {
            return manifests[0].Manifest.Digest;
        }

        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests =
                [
                    .. manifests
                        .OrderBy(item => item.Platform.ToString(), StringComparer.Ordinal)
                        .Select(item => item.Manifest.Descriptor with { Platform = item.Platform }),
                ],
            }
        );
        await target.PutManifestAsync(index, null, cancellationToken).ConfigureAwait(false);
        return index.Digest;
    }
}
