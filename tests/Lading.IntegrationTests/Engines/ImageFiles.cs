using System.Formats.Tar;
using System.IO.Compression;
using Lading.Oci;

namespace Lading.IntegrationTests.Engines;

/// <summary>The files of an image as a container sees them, except that what layers remove stays.</summary>
internal static class ImageFiles
{
    /// <summary>The texts of its regular files by path, without a leading <c>/</c>; later layers win.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        IImageRepository repository,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        var manifest = await repository.FindManifestContentAsync(digest, cancellationToken);
        var files = new Dictionary<string, string>();
        foreach (var layer in manifest!.Document.Layers!)
        {
            await using var blob = await repository.OpenBlobAsync(layer, cancellationToken);
            await using var plain = new GZipStream(blob, CompressionMode.Decompress);
            await using var tar = new TarReader(plain);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile })
                {
                    using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
                    files[entry.Name.TrimStart('.', '/')] = await reader.ReadToEndAsync(cancellationToken);
                }
            }
        }

        return files;
    }
}
