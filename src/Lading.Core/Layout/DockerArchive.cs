using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>Reads what <c>docker save</c> writes into a layout: layers are compressed, and the manifest that Docker has not kept is written.</summary>
internal static class DockerArchive
{
    private const int LargestListing = 16 * 1024 * 1024;

    /// <summary>Takes one image of an archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="name">The image's name and tag; null for the only one.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="work">A folder for layers while they are compressed; removed afterwards.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LadingException">The archive holds no such image, or several, or is not understood.</exception>
    public static async Task<ManifestContent> TakeAsync(
        string path,
        ImageReference? name,
        ImageLayout target,
        string work,
        CancellationToken cancellationToken
    )
    {
        using var contents = TarContents.Open(path);
        try
        {
            var listing = await ListingAsync(contents, cancellationToken).ConfigureAwait(false);
            var image = DockerArchiveEntry.Pick(listing, name);
            Directory.CreateDirectory(work);
            return await TakeAsync(contents, image, target, work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new LadingException($"Could not read the archive {path}", e.Message, innerException: e);
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private static async Task<IReadOnlyList<DockerArchiveEntry>> ListingAsync(
        TarContents contents,
        CancellationToken cancellationToken
    )
    {
        var bytes =
            await contents.FindBytesAsync("manifest.json", LargestListing, cancellationToken).ConfigureAwait(false)
            ?? throw new FormatException("it has no manifest.json: 'docker save' did not write it");
        return JsonSerializer.Deserialize(bytes, LayoutJson.Default.IReadOnlyListDockerArchiveEntry) ?? [];
    }

    private static async Task<ManifestContent> TakeAsync(
        TarContents contents,
        DockerArchiveEntry image,
        ImageLayout target,
        string work,
        CancellationToken cancellationToken
    )
    {
        var bytes =
            await contents.FindBytesAsync(image.Config, LargestListing, cancellationToken).ConfigureAwait(false)
            ?? throw new FormatException($"it lacks {image.Config}, which its manifest.json names");
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciConfig,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var blob = new BlobSource(config, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
        var layers = new List<Descriptor>();
        foreach (var layer in image.Layers)
        {
            var file = Path.Combine(work, $"{layers.Count}.tar.gz");
            layers.Add(await TakeLayerAsync(contents, layer, target, file, cancellationToken).ConfigureAwait(false));
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
        TarContents contents,
        string name,
        ImageLayout target,
        string compressed,
        CancellationToken cancellationToken
    )
    {
        var source =
            contents.OpenFile(name) ?? throw new FormatException($"it lacks {name}, which its manifest.json names");
        await using (source.ConfigureAwait(false))
        {
            await CompressAsync(source, compressed, cancellationToken).ConfigureAwait(false);
        }

        var layer = await DescribeAsync(compressed, cancellationToken).ConfigureAwait(false);
        var blob = new BlobSource(layer, _ => Task.FromResult<Stream>(File.OpenRead(compressed)));
        await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
        File.Delete(compressed);
        return layer;
    }

    /// <summary>Compresses a layer; one that somebody compressed already is copied.</summary>
    private static async Task CompressAsync(Stream source, string path, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        var file = File.Create(path);
        await using (file.ConfigureAwait(false))
        {
            try
            {
                var read = await source.ReadAtLeastAsync(buffer, 2, false, cancellationToken).ConfigureAwait(false);
                // Speed counts here, not equal bytes: what an engine builds differs from build to build anyway.
                Stream to =
                    read >= 2 && buffer[0] == 0x1f && buffer[1] == 0x8b
                        ? file
                        : new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
                await using (to.ConfigureAwait(false))
                {
                    while (read > 0)
                    {
                        await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                        read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static async Task<Descriptor> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var hash = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            return new Descriptor
            {
                MediaType = MediaTypes.OciLayerGzip,
                Digest = Digest.OfHash(DigestAlgorithm.Sha256, hash),
                Size = file.Length,
            };
        }
    }
}
