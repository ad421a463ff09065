using System.Globalization;
using System.Text;
using Lading.Oci;

namespace Lading.Retention.Acting;

/// <summary>The log of deletions, stored in the repository itself: an artifact with its own tag.</summary>
internal static class AuditArtifact
{
    /// <summary>JSON lines, as in the run's file.</summary>
    public const string MediaType = "application/vnd.lading.prune.v1+jsonl";

    /// <summary>Stores the log, before the first deletion.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="lines">The log's lines for the images that will be deleted.</param>
    /// <param name="when">When the run started.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Its tag.</returns>
    /// <exception cref="LadingException">It could not be stored.</exception>
    public static async Task<Tag> PutAsync(
        IImageRepository repository,
        string lines,
        DateTimeOffset when,
        CancellationToken cancellationToken
    )
    {
        var manifest = await FileArtifact
            .MakeAsync(
                repository,
                MediaType,
                Encoding.UTF8.GetBytes(lines),
                subject: null,
                new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["org.opencontainers.image.created"] = UtcText.Second(when),
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        var day = UtcDay.Of(when).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var tag = Tag.Parse($"{DeletionMark.AuditPrefix}{day}-{manifest.Digest.Short}");
        await repository.PutManifestAsync(manifest, tag, cancellationToken).ConfigureAwait(false);
        return tag;
    }
}
