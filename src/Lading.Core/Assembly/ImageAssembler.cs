using System.Text.Json;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Assembly;

/// <summary>Puts an image together from files, in process: the same files give the same digest on every machine.</summary>
internal static class ImageAssembler
{
    /// <summary>Puts an image together and stores it, without a tag.</summary>
    /// <param name="image">The definition.</param>
    /// <param name="sources">A clean checkout, after the command has run.</param>
    /// <param name="origin">The base; null for <c>scratch</c>.</param>
    /// <param name="target">Where it is stored.</param>
    /// <param name="scratch">A folder for layers while they are written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The digest of its manifest, or of its index where it has several platforms.</returns>
    /// <exception cref="LadingException">A <c>copy</c> entry matches nothing, or the base is not there.</exception>
    public static async Task<Digest> AssembleAsync(
        AssembledImage image,
        SourceCheckout sources,
        BaseImage? origin,
        IImageRepository target,
        string scratch,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(scratch);
        var layers = new List<WrittenLayer>();
        foreach (var copy in image.Copy)
        {
            var entries = LayerPlan.For(image.Name, copy, sources);
            layers.Add(await WriteLayerAsync(entries, target, scratch, cancellationToken).ConfigureAwait(false));
        }

        var manifests = new List<PlatformManifest>();
        foreach (var platform in image.Platforms)
        {
            var below = origin is null
                ? BaseLayers.None
                : await BaseLayers.ReadAsync(origin, platform, cancellationToken).ConfigureAwait(false);
            foreach (var layer in below.Layers.Where(layer => !MediaTypes.IsNonDistributable(layer.MediaType)))
            {
                var blob = new BlobSource(layer, token => origin!.Repository.OpenBlobAsync(layer, token));
                await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
            }

            var configuration = AssembledConfiguration.Of(image, platform, below, layers);
            var manifest = await PutManifestAsync(configuration, below, layers, target, cancellationToken)
                .ConfigureAwait(false);
            manifests.Add(new PlatformManifest(platform, manifest));
        }

        return await PlatformIndex.PutAsync(manifests, target, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<WrittenLayer> WriteLayerAsync(
        IReadOnlyList<LayerEntry> entries,
        IImageRepository target,
        string scratch,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(scratch, $"{Guid.NewGuid():N}.tar.gz");
        try
        {
            WrittenLayer layer;
            var file = File.Create(path);
            await using (file.ConfigureAwait(false))
            {
                layer = await LayerWriter.WriteAsync(entries, file, cancellationToken).ConfigureAwait(false);
            }

            var blob = new BlobSource(layer.Descriptor, _ => Task.FromResult<Stream>(File.OpenRead(path)));
            await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
            return layer;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<ManifestContent> PutManifestAsync(
        ImageConfiguration configuration,
        BaseLayers below,
        IReadOnlyList<WrittenLayer> layers,
        IImageRepository target,
        CancellationToken cancellationToken
    )
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(configuration, OciJson.Plain.ImageConfiguration);
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciConfig,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var blob = new BlobSource(config, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = config,
                Layers = [.. below.Layers, .. layers.Select(layer => layer.Descriptor)],
            }
        );
        await target.PutManifestAsync(manifest, null, cancellationToken).ConfigureAwait(false);
        return manifest;
    }
}
