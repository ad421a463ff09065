using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>An image in the response of DescribeImages.</summary>
/// <param name="Image">The image.</param>
/// <param name="Size">The size of its configuration and layers in bytes; for an index, that of its largest image.</param>
/// <param name="PushedAt">When its manifest was stored.</param>
/// <param name="ArtifactType">The artifact type; null for an index without one.</param>
/// <param name="Subject">Its subject; null for none.</param>
/// <param name="Storage">Its storage class.</param>
internal sealed record ServedImageDetail(
    HeldImage Image,
    long Size,
    DateTimeOffset PushedAt,
    string? ArtifactType,
    Digest? Subject,
    StorageClass Storage
)
{
    /// <returns>Null if it was deleted meanwhile.</returns>
    public static async Task<ServedImageDetail?> FindAsync(
        ServedRepository repository,
        HeldImage image,
        CancellationToken cancellationToken
    )
    {
        var layout = repository.Layout;
        var manifest = await layout.FindManifestContentAsync(image.Digest, cancellationToken).ConfigureAwait(false);
        if (manifest is null || layout.Blobs.FindTime(image.Digest) is not { } pushedAt)
        {
            return null;
        }

        return new ServedImageDetail(
            image,
            await SizeAsync(repository, manifest, cancellationToken).ConfigureAwait(false),
            pushedAt,
            manifest.Document.ArtifactType ?? manifest.Document.Config?.MediaType,
            manifest.Document.Subject?.Digest,
            StorageClass.Of(repository.Record, image.Digest)
        );
    }

    public void Write(Utf8JsonWriter json, EcrCall call, ServedRepository repository)
    {
        json.WriteStartObject();
        call.WriteRepository(json, repository.Name);
        json.WriteString("imageDigest", Image.Digest.ToString());
        if (Image.Tags.Count > 0)
        {
            json.WriteList("imageTags", Image.Tags, tag => json.WriteStringValue(tag.Name));
        }

        json.WriteNumber("imageSizeInBytes", Size);
        json.WriteTime("imagePushedAt", PushedAt);
        json.WriteString("imageManifestMediaType", Image.MediaType);
        json.WriteOptional("artifactMediaType", ArtifactType);
        json.WriteOptional("subjectManifestDigest", Subject?.ToString());
        json.WriteString("imageStatus", Storage.Status);
        if (Storage.ArchivedAt is { } archived)
        {
            json.WriteTime("lastArchivedAt", archived);
        }

        if (Storage.ActivatedAt is { } activated)
        {
            json.WriteTime("lastActivatedAt", activated);
        }

        json.WriteEndObject();
    }

    private static async Task<long> SizeAsync(
        ServedRepository repository,
        ManifestContent manifest,
        CancellationToken cancellationToken
    )
    {
        var size = manifest.Blobs.Sum(blob => blob.Size);
        foreach (var child in manifest.Children)
        {
            var content = await repository
                .Layout.FindManifestContentAsync(child.Digest, cancellationToken)
                .ConfigureAwait(false);
            size = Math.Max(size, content?.Blobs.Sum(blob => blob.Size) ?? 0);
        }

        return size;
    }
}
