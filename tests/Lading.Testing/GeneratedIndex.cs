using Lading.Layout;
using Lading.Oci;

namespace Lading.Testing;

/// <summary>An index of two platforms, each an image of its own, in one layout under the tag <c>multi</c>.</summary>
internal sealed class GeneratedIndex : IDisposable
{
    private readonly TestFolder folder = new();

    private GeneratedIndex() => Layout = new ImageLayout(folder.Combine("layout"));

    public ImageLayout Layout { get; }

    /// <summary>The index.</summary>
    public ManifestContent Manifest { get; private set; } = null!;

    /// <summary>The layout's folder, for other programs.</summary>
    public string Path => folder.Combine("layout");

    public static async Task<GeneratedIndex> CreateAsync(int layers, int layerSize, CancellationToken cancellationToken)
    {
        var index = new GeneratedIndex();
        var children = new List<Descriptor>();
        foreach (var (platform, seed) in new[] { (Platform.LinuxAmd64, 11), (Platform.LinuxArm64, 22) })
        {
            using var image = await GeneratedImage.CreateAsync(layers, layerSize, cancellationToken, seed, platform);
            foreach (var blob in image.Manifest.Blobs)
            {
                var source = new ReadableBlob(blob, token => image.Layout.OpenBlobAsync(blob, token));
                await index.Layout.PutBlobAsync(source, null, cancellationToken);
            }

            await index.Layout.PutManifestAsync(image.Manifest, null, cancellationToken);
            children.Add(image.Manifest.Descriptor with { Platform = platform });
        }

        index.Manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = children,
            }
        );
        await index.Layout.PutManifestAsync(index.Manifest, Tag.Parse("multi"), cancellationToken);
        return index;
    }

    public void Dispose() => folder.Dispose();
}
