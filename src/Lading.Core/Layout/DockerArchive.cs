using System.Text.Json;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// Reads the output of <c>docker save</c> into a layout: plain layers are compressed, each is compared with its diff id, and the
/// manifest, which Docker does not keep, is written.
/// </summary>
internal static class DockerArchive
{
    private const int MaxListingSize = 16 * 1024 * 1024;

    /// <summary>Imports one image of an archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="name">The image's name and tag; null if there is only one.</param>
    /// <param name="target">The layout to import it into.</param>
    /// <param name="work">A folder for layers while they are compressed; removed afterwards.</param>
    /// <param name="cancellationToken">Cancels it; a part of the blobs may stay in the layout.</param>
    /// <exception cref="LadingException">The archive has no such image, or several, or cannot be parsed.</exception>
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
            throw new LadingException($"Could not read the archive {path}", JsonFault.Of(e), innerException: e);
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
            await contents.FindBytesAsync("manifest.json", MaxListingSize, cancellationToken).ConfigureAwait(false)
            ?? throw new FormatException("it has no manifest.json: 'docker save' did not write it");
        return JsonSerializer.Deserialize(bytes, LayoutJson.Default.IReadOnlyListDockerArchiveEntry) ?? [];
    }

    private static List<Digest> DiffIdsOf(byte[] configuration) =>
        [
            .. (
                JsonSerializer.Deserialize(configuration, OciJson.Default.ImageConfiguration)?.RootFileSystem?.DiffIds
                ?? []
            ).Select(Digest.Parse),
        ];

    private static async Task<ManifestContent> TakeAsync(
        TarContents contents,
        DockerArchiveEntry image,
        ImageLayout target,
        string work,
        CancellationToken cancellationToken
    )
    {
        var bytes =
            await contents.FindBytesAsync(image.Config, MaxListingSize, cancellationToken).ConfigureAwait(false)
            ?? throw new FormatException($"it lacks {image.Config}, which its manifest.json names");
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciConfig,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        var blob = new ReadableBlob(config, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        await target.PutBlobAsync(blob, null, cancellationToken).ConfigureAwait(false);
        var diffIds = DiffIdsOf(bytes);
        if (diffIds.Count != image.Layers.Count)
        {
            throw new FormatException($"it has {image.Layers.Count} layers, and {image.Config} names {diffIds.Count}");
        }

        var layers = new List<Descriptor>();
        foreach (var (name, diffId) in image.Layers.Zip(diffIds))
        {
            var layer = new DockerArchiveLayer(contents, name, diffId);
            layers.Add(await layer.TakeAsync(target, work, cancellationToken).ConfigureAwait(false));
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
}
