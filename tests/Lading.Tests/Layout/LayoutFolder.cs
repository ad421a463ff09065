using Lading.Layout;
using Lading.Oci;

namespace Lading.Tests.Layout;

/// <summary>A folder for one layout, and what must be true of every layout: each tag has its whole image.</summary>
internal sealed class LayoutFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("lading-layout-").FullName;

    public string Folder => Path.Combine(root, "layout");

    public string Index => Path.Combine(Folder, "index.json");

    public ImageLayout Open(Func<Tag, bool>? isImmutable = null) => new(Folder, isImmutable: isImmutable);

    public string PathOf(Digest digest) => Path.Combine(Folder, "blobs", "sha256", digest.Hex);

    /// <summary>Writes a layout the way another program would.</summary>
    public void Write(string index, params IEnumerable<byte[]> blobs)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "blobs", "sha256"));
        File.WriteAllText(Path.Combine(Folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Index, index);
        foreach (var blob in blobs)
        {
            File.WriteAllBytes(PathOf(Digest.OfBytes(blob)), blob);
        }
    }

    /// <summary>Reads every tagged image to the last byte.</summary>
    /// <returns>The tags.</returns>
    public async Task<IReadOnlyList<Tag>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var layout = Open();
        var tags = await layout.ListTagsAsync(cancellationToken);
        var read = new HashSet<Digest>();
        foreach (var tag in tags)
        {
            var manifest = await layout.FindManifestContentAsync(tag, cancellationToken);
            Assert.NotNull(manifest);
            foreach (var blob in manifest.Blobs.Where(blob => read.Add(blob.Digest)))
            {
                await using var stream = await layout.OpenBlobAsync(blob, cancellationToken);
                await stream.CopyToAsync(Stream.Null, cancellationToken);
            }
        }

        return tags;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
