using System.Text.Json;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Assembly;

/// <summary>Assembles an image from files, in process: the same files give the same digest on every machine.</summary>
internal static class ImageAssembler
{
    /// <summary>Assembles an image.</summary>
    /// <param name="image">The definition.</param>
    /// <param name="sources">A clean checkout, after the command has run.</param>
    /// <param name="baseImage">The base; null for <c>scratch</c>.</param>
    /// <param name="target">Receives the image.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The digest of its manifest, or of its index if it has several platforms.</returns>
    /// <exception cref="LadingException">A <c>copy</c> entry matches nothing, or the base does not exist.</exception>
    public static async Task<Digest> AssembleAsync(
        AssembledImage image,
        SourceCheckout sources,
        BaseImage? baseImage,
        AssembledRepository target,
        CancellationToken cancellationToken
    )
    {
        // All entries are resolved first: a mistake in the last one is reported before the first is compressed.
        var plans = image.Copy.Select(copy => LayerPlan.For(image.Name, copy, sources)).ToList();
        var baseLayers = new List<(Platform Platform, BaseLayers Layers)>();
        foreach (var platform in image.Platforms)
        {
            var found = baseImage is null
                ? BaseLayers.None
                : await BaseLayers.ReadAsync(baseImage, platform, cancellationToken).ConfigureAwait(false);
            baseLayers.Add((platform, found));
        }

        var layers = new List<WrittenLayer>();
        foreach (var plan in plans)
        {
            layers.Add(
                await target
                    .AddLayerAsync(stream => LayerWriter.WriteAsync(plan, stream, cancellationToken))
                    .ConfigureAwait(false)
            );
        }

        var manifests = new List<PlatformManifest>();
        foreach (var (platform, found) in baseLayers)
        {
            var configuration = AssembledConfiguration.Of(image, platform, found, layers);
            var manifest = await PutManifestAsync(configuration, found, layers, target, cancellationToken)
                .ConfigureAwait(false);
            manifests.Add(new PlatformManifest(platform, manifest));
        }

        return await PlatformIndex.PutAsync(manifests, target, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ManifestContent> PutManifestAsync(
        ImageConfiguration configuration,
        BaseLayers baseLayers,
        IReadOnlyList<WrittenLayer> layers,
        AssembledRepository target,
        CancellationToken cancellationToken
    )
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(configuration, OciJson.Plain.ImageConfiguration);
        var config = target.AddBytes(MediaTypes.OciConfig, bytes);
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = config,
                Layers = [.. baseLayers.Layers, .. layers.Select(layer => layer.Descriptor)],
            }
        );
        await target.PutManifestAsync(manifest, null, cancellationToken).ConfigureAwait(false);
        return manifest;
    }
}
