using System.Globalization;
using System.Text;
using Lading.Oci;

namespace Lading.Retention.Acting;

/// <summary>What is deleted from a repository, written down in the repository itself: an artifact under a tag of its own.</summary>
internal static class AuditArtifact
{
    /// <summary>Lines of JSON, as in the file of the run.</summary>
    public const string MediaType = "application/vnd.lading.prune.v1+jsonl";

    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>Puts it, before the first deletion.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="lines">What is to be deleted.</param>
    /// <param name="when">When the run began.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its tag.</returns>
    /// <exception cref="LadingException">It could not be stored.</exception>
    public static async Task<Tag> PutAsync(
        IImageRepository repository,
        string lines,
        DateTimeOffset when,
        CancellationToken cancellationToken
    )
    {
        var layer = await repository
            .PutBlobAsync(MediaType, Encoding.UTF8.GetBytes(lines), cancellationToken)
            .ConfigureAwait(false);
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                ArtifactType = MediaType,
                Config = await repository
                    .PutBlobAsync(MediaTypes.OciEmpty, Empty, cancellationToken)
                    .ConfigureAwait(false),
                Layers = [layer],
                Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["org.opencontainers.image.created"] = AuditLog.TimeOf(when),
                },
            }
        );
        var day = DeletionMark.DayOf(when).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var tag = Tag.Parse($"{DeletionMark.AuditPrefix}{day}-{manifest.Digest.Short}");
        await repository.PutManifestAsync(manifest, tag, cancellationToken).ConfigureAwait(false);
        return tag;
    }
}
