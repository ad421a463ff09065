using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>Writes the input of <c>docker load</c>: one image of one platform, with layers as plain tar files.</summary>
/// <param name="layout">The layout with the image.</param>
/// <param name="work">A folder for unpacked layers; the caller removes it.</param>
internal sealed class DockerArchiveWriter(ImageLayout layout, string work)
{
    private const string Attempted = "Could not write a Docker archive";

    /// <summary>Writes an image, and replaces the file.</summary>
    /// <param name="manifest">The image.</param>
    /// <param name="name">The name and tag for loading; null for none.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels it; the old file stays.</param>
    /// <exception cref="LadingException">The image is an index, is not an image, or has an unsupported compression.</exception>
    public async Task WriteAsync(
        ManifestContent manifest,
        string? name,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (manifest.IsIndex)
        {
            throw LadingException.Usage(
                Attempted,
                $"{manifest.Digest} is an index, and such an archive holds one platform",
                "Pick one with --platform, or write an oci-archive."
            );
        }

        var config =
            manifest.Document.Config
            ?? throw new LadingException(Attempted, $"{manifest.Digest} has no configuration, so it is not an image");
        var bytes = await layout.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false);
        var diffIds = DiffIdsOf(bytes);
        var layers = manifest.Document.Layers ?? [];
        if (diffIds.Count != layers.Count)
        {
            throw new LadingException(
                Attempted,
                $"{manifest.Digest} is not an image: its configuration does not list its layers"
            );
        }

        Directory.CreateDirectory(work);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (layer, diffId) in layers.Zip(diffIds))
        {
            var file = Path.Combine(work, diffId.Hex);
            await UnpackAsync(layer, diffId, file, cancellationToken).ConfigureAwait(false);
            files[$"{diffId.Hex}.tar"] = file;
        }

        files[$"{config.Digest.Hex}.json"] = layout.Blobs.PathOf(config.Digest);
        var listing = Path.Combine(work, "manifest.json");
        await File.WriteAllBytesAsync(listing, Listing(config, diffIds, name), cancellationToken).ConfigureAwait(false);
        files["manifest.json"] = listing;
        await LayoutArchive
            .WriteAsync(path, files.Select(file => (file.Key, file.Value)), cancellationToken)
            .ConfigureAwait(false);
    }

    private static List<Digest> DiffIdsOf(byte[] configuration)
    {
        try
        {
            var read = JsonSerializer.Deserialize(configuration, OciJson.Default.ImageConfiguration);
            return [.. (read?.RootFileSystem?.DiffIds ?? []).Select(Digest.Parse)];
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new LadingException(Attempted, "its configuration is not understood", innerException: e);
        }
    }

    private async Task UnpackAsync(Descriptor layer, Digest diffId, string file, CancellationToken cancellationToken)
    {
        var blob = await layout.OpenBlobAsync(layer, cancellationToken).ConfigureAwait(false);
        await using (blob.ConfigureAwait(false))
        {
            var plain = Unpacked(layer, blob);
            await using (plain.ConfigureAwait(false))
            {
                var target = File.Create(file);
                await using (target.ConfigureAwait(false))
                {
                    await plain.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        var actual = await DigestOfAsync(file, diffId.Algorithm, cancellationToken).ConfigureAwait(false);
        if (actual != diffId)
        {
            throw new LadingException(
                Attempted,
                $"layer {layer.Digest} holds {actual}, and its configuration says {diffId}",
                "The image is malformed: no engine would run it."
            );
        }
    }

    private static Stream Unpacked(Descriptor layer, Stream blob) =>
        layer.MediaType.EndsWith("gzip", StringComparison.Ordinal) ? new GZipStream(blob, CompressionMode.Decompress)
        : layer.MediaType.EndsWith("tar", StringComparison.Ordinal) ? blob
        : throw new LadingException(
            Attempted,
            $"layer {layer.Digest} is compressed in a way that is not understood ({layer.MediaType})",
            "Write an oci-archive: it keeps layers as they are."
        );

    private static async Task<Digest> DigestOfAsync(
        string file,
        DigestAlgorithm algorithm,
        CancellationToken cancellationToken
    )
    {
        using var hash = algorithm.NewHash();
        var buffer = new byte[128 * 1024];
        var stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Digest.OfHash(algorithm, hash.GetHashAndReset());
    }

    private static byte[] Listing(Descriptor config, List<Digest> diffIds, string? name)
    {
        using var bytes = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                bytes,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("Config", $"{config.Digest.Hex}.json");
            json.WriteStartArray("RepoTags");
            if (name is not null)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteStartArray("Layers");
            foreach (var diffId in diffIds)
            {
                json.WriteStringValue($"{diffId.Hex}.tar");
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return bytes.ToArray();
    }
}
