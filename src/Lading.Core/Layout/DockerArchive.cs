using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>Reads what <c>docker save</c> writes into a layout: layers are compressed, and the manifest that Docker has not kept is written.</summary>
internal static class DockerArchive
{
    /// <summary>Takes the one image of an archive.</summary>
    /// <exception cref="LadingException">The archive holds no image, or is not understood.</exception>
    public static async Task<ManifestContent> TakeAsync(
        string path,
        ImageLayout target,
        CancellationToken cancellationToken
    )
    {
        var folder = path + ".unpacked";
        Directory.CreateDirectory(folder);
        try
        {
            await TarFile
                .ExtractToDirectoryAsync(path, folder, overwriteFiles: true, cancellationToken)
                .ConfigureAwait(false);
            return await TakeFolderAsync(path, folder, target, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ManifestContent> TakeFolderAsync(
        string path,
        string folder,
        ImageLayout target,
        CancellationToken cancellationToken
    )
    {
        using var listing = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json"), cancellationToken).ConfigureAwait(false)
        );
        if (listing.RootElement.GetArrayLength() != 1)
        {
            throw new LadingException($"Could not read {path}", "it does not hold exactly one image");
        }

        var image = listing.RootElement[0];
        var bytes = await File.ReadAllBytesAsync(
                Inside(folder, image.GetProperty("Config").GetString()!),
                cancellationToken
            )
            .ConfigureAwait(false);
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciConfig,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var blob = new BlobSource(config, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
        var layers = new List<Descriptor>();
        foreach (var layer in image.GetProperty("Layers").EnumerateArray())
        {
            layers.Add(
                await TakeLayerAsync(Inside(folder, layer.GetString()!), target, cancellationToken)
                    .ConfigureAwait(false)
            );
        }

        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = config,
                Layers = layers,
            }
        );
        await target.PutManifestAsync(manifest, null, cancellationToken).ConfigureAwait(false);
        return manifest;
    }

    private static async Task<Descriptor> TakeLayerAsync(
        string tar,
        ImageLayout target,
        CancellationToken cancellationToken
    )
    {
        var compressed = tar + ".gz";
        var source = File.OpenRead(tar);
        await using (source.ConfigureAwait(false))
        {
            var file = File.Create(compressed);
            await using (file.ConfigureAwait(false))
            {
                // Speed counts here, not equal bytes: what an engine builds differs from build to build anyway.
                var gzip = new GZipStream(file, CompressionLevel.Fastest);
                await using (gzip.ConfigureAwait(false))
                {
                    await source.CopyToAsync(gzip, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        var layer = await DescribeAsync(compressed, cancellationToken).ConfigureAwait(false);
        var blob = new BlobSource(layer, _ => Task.FromResult<Stream>(File.OpenRead(compressed)));
        await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
        return layer;
    }

    private static async Task<Descriptor> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var hash = await System
                .Security.Cryptography.SHA256.HashDataAsync(file, cancellationToken)
                .ConfigureAwait(false);
            return new Descriptor
            {
                MediaType = MediaTypes.OciLayerGzip,
                Digest = Digest.OfHash(DigestAlgorithm.Sha256, hash),
                Size = file.Length,
            };
        }
    }

    private static string Inside(string folder, string name)
    {
        var full = Path.GetFullPath(name, folder);
        return full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new LadingException(
                $"Could not read the archive unpacked in {folder}",
                $"it names {name}, outside of itself"
            );
    }
}
