using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Testing;

/// <summary>An image of incompressible layers, in a layout of its own; the same for the same seed.</summary>
internal sealed class GeneratedImage : IDisposable
{
    private readonly TestFolder folder = new();

    private GeneratedImage() => Layout = new ImageLayout(folder.Combine("layout"));

    public ImageLayout Layout { get; }

    /// <summary>Its manifest.</summary>
    public ManifestContent Manifest { get; private set; } = null!;

    public Digest Digest => Manifest.Digest;

    /// <summary>The layout's folder, for other programs.</summary>
    public string Path => folder.Combine("layout");

    public static async Task<GeneratedImage> CreateAsync(
        int layers,
        int layerSize,
        CancellationToken cancellationToken,
        int seed = 1,
        Platform? platform = null
    )
    {
        var image = new GeneratedImage();
        platform ??= Platform.LinuxAmd64;
        var random = new Random(seed);
        var descriptors = new List<Descriptor>();
        var diffIds = new List<Digest>();
        for (var i = 0; i < layers; i++)
        {
            var bytes = new byte[layerSize];
            random.NextBytes(bytes);
            var archive = ArchiveOf($"file-{i}", bytes);
            diffIds.Add(Digest.OfBytes(archive));
            descriptors.Add(await image.PutAsync(Compressed(archive), MediaTypes.OciLayerGzip, cancellationToken));
        }

        var diffs = string.Join(',', diffIds.Select(digest => $"\"{digest}\""));
        var configuration =
            $$$"""{"architecture":"{{{platform.Architecture}}}","os":"{{{platform.Os}}}","rootfs":{"type":"layers","diff_ids":[{{{diffs}}}]}}""";
        image.Manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = await image.PutAsync(
                    Encoding.UTF8.GetBytes(configuration),
                    MediaTypes.OciConfig,
                    cancellationToken
                ),
                Layers = descriptors,
            }
        );
        await image.Layout.PutManifestAsync(image.Manifest, Tag.Parse("latest"), cancellationToken);
        return image;
    }

    public void Dispose() => folder.Dispose();

    private static byte[] ArchiveOf(string name, byte[] content)
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

    private static byte[] Compressed(byte[] archive)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new GZipStream(bytes, CompressionLevel.NoCompression))
        {
            compressed.Write(archive);
        }

        return bytes.ToArray();
    }

    private async Task<Descriptor> PutAsync(byte[] bytes, string mediaType, CancellationToken cancellationToken)
    {
        var descriptor = new Descriptor
        {
            MediaType = mediaType,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var source = new ReadableBlob(
            descriptor,
            _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
        );
        await Layout.PutBlobAsync(source, null, cancellationToken);
        return descriptor;
    }
}
