using System.Text.Json;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The platforms that an image is there for: those of an index's manifests, or that of the configuration.</summary>
internal static class ImagePlatforms
{
    /// <summary>Reads them, sorted by their text; attestations and the like, whose platform is unknown, are none.</summary>
    /// <exception cref="LadingException">The image or its configuration is not there.</exception>
    public static async Task<IReadOnlyList<Platform>> OfAsync(
        IImageRepository repository,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        var manifest =
            await repository.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false)
            ?? throw Missing(repository, digest);
        if (!manifest.IsIndex)
        {
            return manifest.Document.Config is { } config
                ? [await OfConfigurationAsync(repository, config, cancellationToken).ConfigureAwait(false)]
                : [];
        }

        return
        [
            .. manifest
                .Children.Select(child => child.Platform)
                .OfType<Platform>()
                .Where(platform => platform.Os is not ("" or "unknown"))
                .Distinct()
                .OrderBy(platform => platform.ToString(), StringComparer.Ordinal),
        ];
    }

    private static async Task<Platform> OfConfigurationAsync(
        IImageRepository repository,
        Descriptor config,
        CancellationToken cancellationToken
    )
    {
        var bytes = await repository.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false);
        var configuration = JsonSerializer.Deserialize(bytes, OciJson.Default.ImageConfiguration);
        return configuration!.Platform;
    }

    private static LadingException Missing(IImageRepository repository, Digest digest) =>
        new($"Could not read image {digest}", $"{repository.Display} does not have it", "Publish it again.");
}
