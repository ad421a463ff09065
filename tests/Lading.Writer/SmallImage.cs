using System.Text;
using Lading.Oci;

namespace Lading.Writer;

/// <summary>
/// An image of one layer, the same for the same seed. The layer is not an archive: nothing here unpacks it.
/// </summary>
internal sealed class SmallImage
{
    private readonly Dictionary<Digest, byte[]> contents = [];

    public SmallImage(string seed, int layerSize = 4096, string layerType = MediaTypes.OciLayer)
    {
        var layer = new byte[layerSize];
        var pattern = Encoding.UTF8.GetBytes(seed + "\n");
        for (var at = 0; at < layer.Length; at++)
        {
            layer[at] = pattern[at % pattern.Length];
        }

        var configuration = Encoding.UTF8.GetBytes(
            $$$"""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["{{{Digest.OfBytes(layer)}}}"]}}"""
        );
        Layer = Keep(layer, layerType);
        Configuration = Keep(configuration, MediaTypes.OciConfig);
        Manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = Configuration,
                Layers = [Layer],
            }
        );
    }

    public Descriptor Layer { get; }

    public Descriptor Configuration { get; }

    public ManifestContent Manifest { get; }

    public Digest Digest => Manifest.Digest;

    /// <summary>A blob of the image to store; <paramref name="opened"/> is called at each opening.</summary>
    public ReadableBlob SourceOf(Descriptor blob, Action? opened = null) =>
        new(
            blob,
            _ =>
            {
                opened?.Invoke();
                return Task.FromResult<Stream>(new MemoryStream(contents[blob.Digest], writable: false));
            }
        );

    public byte[] BytesOf(Descriptor blob) => contents[blob.Digest];

    /// <summary>Puts the blobs, and the manifest last.</summary>
    public async Task PutAsync(IImageRepository repository, Tag? tag, CancellationToken cancellationToken)
    {
        foreach (var blob in Manifest.Blobs)
        {
            await repository.PutBlobAsync(SourceOf(blob), null, cancellationToken).ConfigureAwait(false);
        }

        await repository.PutManifestAsync(Manifest, tag, cancellationToken).ConfigureAwait(false);
    }

    private Descriptor Keep(byte[] bytes, string mediaType)
    {
        var digest = Digest.OfBytes(bytes);
        contents[digest] = bytes;
        return new Descriptor
        {
            MediaType = mediaType,
            Digest = digest,
            Size = bytes.Length,
        };
    }
}
