using System.Text.Json;
using Lading.Oci;

namespace Lading.Assembly;

/// <summary>What an image takes from its base for one platform.</summary>
/// <param name="Configuration">The container configuration of the base, its diff ids and history.</param>
/// <param name="Layers">With OCI media types.</param>
internal sealed record BaseLayers(ImageConfiguration Configuration, IReadOnlyList<Descriptor> Layers)
{
    /// <summary>Nothing: <c>scratch</c>.</summary>
    public static BaseLayers None { get; } = new(new ImageConfiguration(), []);

    /// <summary>Reads a base for one platform.</summary>
    /// <exception cref="LadingException">The base does not exist, or not for the platform.</exception>
    public static async Task<BaseLayers> ReadAsync(
        BaseImage image,
        Platform platform,
        CancellationToken cancellationToken
    )
    {
        var attempted = $"Could not build on {image.Reference}";
        var manifest =
            await image.Repository.FindManifestContentAsync(image.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(attempted, $"{image.Repository.Display} does not have {image.Digest}");
        if (manifest.IsIndex)
        {
            var child =
                manifest.Children.FirstOrDefault(candidate => candidate.Platform?.RunsOn(platform) == true)
                ?? throw new LadingException(
                    attempted,
                    $"it is not there for {platform}",
                    "Choose another base, or other platforms."
                );
            manifest =
                await image.Repository.FindManifestContentAsync(child.Digest, cancellationToken).ConfigureAwait(false)
                ?? throw new LadingException(attempted, $"{image.Repository.Display} does not have {child.Digest}");
        }

        var config = manifest.Document.Config ?? throw new LadingException(attempted, "it has no configuration");
        var bytes = await image.Repository.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false);
        var configuration = JsonSerializer.Deserialize(bytes, OciJson.Default.ImageConfiguration);
        return configuration!.Platform.RunsOn(platform)
            ? new BaseLayers(configuration, [.. (manifest.Document.Layers ?? []).Select(AsOci)])
            : throw new LadingException(
                attempted,
                $"it is for {configuration.Platform}, not for {platform}",
                "Choose another base, or other platforms."
            );
    }

    /// <summary>Both media types have the same bytes; a manifest should not mix them.</summary>
    private static Descriptor AsOci(Descriptor layer) =>
        layer with
        {
            MediaType = layer.MediaType switch
            {
                MediaTypes.DockerLayer => MediaTypes.OciLayer,
                MediaTypes.DockerLayerGzip => MediaTypes.OciLayerGzip,
                MediaTypes.DockerLayerZstd => MediaTypes.OciLayerZstd,
                MediaTypes.DockerForeignLayer => MediaTypes.OciForeignLayerGzip,
                var other => other,
            },
        };
}
