using System.Globalization;
using System.Text;
using Lading.Fingerprints;
using Lading.Layout;
using Lading.Oci;
using Lading.Server;

namespace Lading.Bench.Cleanup;

/// <summary>
/// A store of the embedded registry with many images in 200 repositories, of which 20 hold more than half: the same on
/// every machine, made once and kept. One image in ten is an index of two others; most have one or two tags, and all
/// were pushed long ago.
/// </summary>
/// <param name="Folder">The store's folder.</param>
/// <param name="Images">The number of manifests in all.</param>
internal sealed record FilledStore(string Folder, int Images)
{
    public const int Repositories = 200;
    private const int Large = 20;
    private const string Mark = "complete-1";

    private static readonly DateTime Old = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static RepositoryName NameOf(int repository) =>
        RepositoryName.Parse(string.Create(CultureInfo.InvariantCulture, $"bench/service{repository:00}"));

    /// <summary>How many images a repository has: 2,750 or 250 of 100,000.</summary>
    public int CountOf(int repository) => Images / 400 * (repository < Large ? 11 : 1);

    /// <summary>How many of them are indexes.</summary>
    public int IndexesOf(int repository) => (CountOf(repository) + 9) / 10;

    /// <summary>The digest of an image.</summary>
    public static Digest DigestOf(int repository, int image) => ContentOf(repository, image).Digest;

    /// <summary>Finds it, or generates it.</summary>
    public static async Task<FilledStore> GetAsync(string cache, int images, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(cache, string.Create(CultureInfo.InvariantCulture, $"store-{images}"));
        var filled = new FilledStore(folder, images);
        var mark = Path.Combine(cache, string.Create(CultureInfo.InvariantCulture, $"store-{images}-{Mark}"));
        if (File.Exists(mark))
        {
            return filled;
        }

        await Console.Error.WriteLineAsync($"generating {images} images");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var store = new LayoutStore(folder);
        store.Prepare();
        for (var repository = 0; repository < Repositories; repository++)
        {
            await filled.FillAsync(store, repository, cancellationToken);
        }

        await File.WriteAllTextAsync(mark, "", cancellationToken);
        return filled;
    }

    private async Task FillAsync(LayoutStore store, int repository, CancellationToken cancellationToken)
    {
        var name = NameOf(repository);
        var record = new RepositoryRecord
        {
            Settings = new RegistryServerOptions().NewRepositories,
            CreatedAt = new DateTimeOffset(Old),
        };
        await store.CreateAsync(name, record, cancellationToken);
        var layout = store.PathOf(name);
        var blobs = Path.Combine(layout, "blobs", "sha256");
        Directory.CreateDirectory(blobs);
        await File.WriteAllTextAsync(
            Path.Combine(layout, "oci-layout"),
            "{\"imageLayoutVersion\":\"1.0.0\"}",
            cancellationToken
        );
        var entries = new List<Descriptor>();
        for (var image = 0; image < CountOf(repository); image++)
        {
            var content = ContentOf(repository, image);
            var path = Path.Combine(blobs, content.Digest.Hex);
            await File.WriteAllBytesAsync(path, content.Bytes.ToArray(), cancellationToken);
            File.SetLastWriteTimeUtc(path, Old);
            entries.AddRange(EntriesOf(content, image));
        }

        await File.WriteAllBytesAsync(
            Path.Combine(layout, "index.json"),
            new LayoutIndex(entries).ToBytes(IndexStamp.NewGeneration()),
            cancellationToken
        );
    }

    /// <summary>
    /// Children of an index have no tags. All other images have a source tag, and half of them also the tag of their
    /// commit.
    /// </summary>
    private static IEnumerable<Descriptor> EntriesOf(ManifestContent content, int image)
    {
        if (image % 10 is 1 or 2)
        {
            return [content.Descriptor];
        }

        var source = $"{Fingerprint.SourceTagPrefix}{content.Digest.Hex[..40]}";
        return image % 2 == 0
            ? [Tagged(content, source), Tagged(content, $"git-{content.Digest.Hex[24..]}")]
            : [Tagged(content, source)];
    }

    private static Descriptor Tagged(ManifestContent content, string tag) =>
        content.Descriptor with
        {
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [LayoutIndex.NameAnnotation] = tag },
        };

    private static ManifestContent ContentOf(int repository, int image) =>
        image % 10 == 0 ? IndexOf(repository, image) : ImageOf(repository, image);

    private static ManifestContent IndexOf(int repository, int image) =>
        ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests =
                [
                    ImageOf(repository, image + 1).Descriptor with
                    {
                        Platform = Platform.LinuxAmd64,
                    },
                    ImageOf(repository, image + 2).Descriptor with
                    {
                        Platform = Platform.LinuxArm64,
                    },
                ],
            }
        );

    /// <summary>
    /// An image with a configuration and a layer of its own, on two layers that the repository's images share.
    /// </summary>
    private static ManifestContent ImageOf(int repository, int image) =>
        ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = Blob(MediaTypes.OciConfig, $"configuration {repository} {image}", 2_000),
                Layers =
                [
                    Blob(MediaTypes.OciLayerGzip, "base", 30_000_000),
                    Blob(MediaTypes.OciLayerGzip, $"runtime {repository}", 10_000_000),
                    Blob(MediaTypes.OciLayerGzip, $"layer {repository} {image}", 5_000_000),
                ],
            }
        );

    private static Descriptor Blob(string mediaType, string text, long size) =>
        new()
        {
            MediaType = mediaType,
            Digest = Digest.OfBytes(Encoding.UTF8.GetBytes(text)),
            Size = size,
        };
}
