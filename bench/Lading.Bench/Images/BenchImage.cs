using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Bench.Images;

/// <summary>A generated image in a layout of its own, kept from run to run.</summary>
/// <param name="Shape">Its size and structure.</param>
/// <param name="Folder">The layout; the image has the tag <c>v1</c>.</param>
internal sealed record BenchImage(ImageShape Shape, string Folder)
{
    public static async Task<BenchImage> MakeAsync(string cache, ImageShape shape, CancellationToken cancellationToken)
    {
        var name = $"image-{shape.Layers}-{shape.LayerSize}-{shape.Platforms}";
        var image = new BenchImage(shape, Path.Combine(cache, name));
        var layout = new ImageLayout(image.Folder);
        if (await layout.FindManifestAsync(Tag.Parse("v1"), cancellationToken) is not null)
        {
            return image;
        }

        await Console.Error.WriteLineAsync($"generating {shape.Name}");
        var children = new List<ManifestContent>();
        foreach (var platform in new[] { Platform.LinuxAmd64, Platform.LinuxArm64 }.Take(shape.Platforms))
        {
            children.Add(await PutImageAsync(layout, shape, platform, children.Count, cancellationToken));
        }

        var root =
            children.Count == 1
                ? children[0]
                : ManifestContent.Of(
                    new ManifestDocument
                    {
                        SchemaVersion = 2,
                        MediaType = MediaTypes.OciIndex,
                        Manifests =
                        [
                            .. children.Select(
                                (child, i) =>
                                    child.Descriptor with
                                    {
                                        Platform = i == 0 ? Platform.LinuxAmd64 : Platform.LinuxArm64,
                                    }
                            ),
                        ],
                    }
                );
        await layout.PutManifestAsync(root, Tag.Parse("v1"), cancellationToken);
        return image;
    }

    private static async Task<ManifestContent> PutImageAsync(
        ImageLayout layout,
        ImageShape shape,
        Platform platform,
        int seed,
        CancellationToken cancellationToken
    )
    {
        var random = new Random(seed);
        var layers = new List<Descriptor>();
        var diffIds = new List<string>();
        for (var i = 0; i < shape.Layers; i++)
        {
            var content = new byte[shape.LayerSize];
            random.NextBytes(content);
            var archive = Archive($"layer-{i}", content);
            diffIds.Add($"\"{Digest.OfBytes(archive)}\"");
            layers.Add(await PutAsync(layout, Compressed(archive), MediaTypes.OciLayerGzip, cancellationToken));
        }

        var configuration =
            $$$"""{"architecture":"{{{platform.Architecture}}}","os":"{{{platform.Os}}}","rootfs":{"type":"layers","diff_ids":[{{{string.Join(',', diffIds)}}}]}}""";
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = await PutAsync(
                    layout,
                    Encoding.UTF8.GetBytes(configuration),
                    MediaTypes.OciConfig,
                    cancellationToken
                ),
                Layers = layers,
            }
        );
        if (shape.Platforms > 1)
        {
            await layout.PutManifestAsync(manifest, null, cancellationToken);
        }

        return manifest;
    }

    private static async Task<Descriptor> PutAsync(
        ImageLayout layout,
        byte[] bytes,
        string mediaType,
        CancellationToken cancellationToken
    )
    {
        var blob = new Descriptor
        {
            MediaType = mediaType,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var source = new ReadableBlob(blob, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        await layout.PutBlobAsync(source, null, cancellationToken);
        return blob;
    }

    private static byte[] Archive(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            using var data = new MemoryStream(content);
            archive.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = data,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                }
            );
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// Real gzip, so that no client compresses it again, but uncompressed, so that unpacking costs nothing.
    /// </summary>
    private static byte[] Compressed(byte[] archive)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new GZipStream(bytes, CompressionLevel.NoCompression))
        {
            compressed.Write(archive);
        }

        return bytes.ToArray();
    }
}
