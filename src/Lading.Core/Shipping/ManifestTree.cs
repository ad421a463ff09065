using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The manifests of an image, children first, and their blobs, without duplicates.</summary>
/// <param name="Manifests">The last one is the image's own.</param>
/// <param name="Blobs">Configurations and layers, except non-distributable layers.</param>
internal sealed record ManifestTree(IReadOnlyList<ManifestContent> Manifests, IReadOnlyList<Descriptor> Blobs)
{
    /// <summary>The number of manifests that are read concurrently.</summary>
    private const int Parallelism = 8;

    /// <summary>Reads a manifest's descendants.</summary>
    /// <exception cref="LadingException">A child does not exist.</exception>
    public static async Task<ManifestTree> ReadAsync(
        IReadableRepository source,
        ManifestContent root,
        CancellationToken cancellationToken
    )
    {
        var manifests = new List<ManifestContent>();
        await AddAsync(root).ConfigureAwait(false);
        return new ManifestTree(
            manifests,
            [
                .. manifests
                    .SelectMany(manifest => manifest.Blobs)
                    .Where(blob => !MediaTypes.IsNonDistributable(blob.MediaType))
                    .DistinctBy(blob => blob.Digest),
            ]
        );

        async Task AddAsync(ManifestContent manifest)
        {
            var missing = manifest
                .Children.DistinctBy(child => child.Digest)
                .Where(child => !manifests.Exists(known => known.Digest == child.Digest))
                .ToList();
            foreach (var chunk in missing.Chunk(Parallelism))
            {
                foreach (var child in await Task.WhenAll(chunk.Select(GetAsync)).ConfigureAwait(false))
                {
                    await AddAsync(child).ConfigureAwait(false);
                }
            }

            if (!manifests.Exists(known => known.Digest == manifest.Digest))
            {
                manifests.Add(manifest);
            }
        }

        async Task<ManifestContent> GetAsync(Descriptor child) =>
            await source.FindManifestContentAsync(child.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not copy image {root.Digest}",
                $"{source.Display} lacks manifest {child.Digest}, which its index names",
                "It was pushed without it: copy one platform with --platform, or push it whole."
            );
    }
}
