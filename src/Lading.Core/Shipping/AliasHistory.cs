using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Reports aliases that moved back to an older commit, and aliases that were not moved because inputs are uncommitted.
/// </summary>
internal static class AliasHistory
{
    /// <summary>Reports a note for each alias that pointed to an image of a later commit.</summary>
    /// <param name="sources">The images' inputs; their repository knows the order of commits.</param>
    /// <param name="aliases">The aliases in <c>lading.json</c>.</param>
    /// <param name="published">The images, with the aliases that moved.</param>
    /// <param name="progress">Receives the notes.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task ReportAsync(
        ProjectSnapshot sources,
        IReadOnlyList<string> aliases,
        IReadOnlyList<PublishedImage> published,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        if (aliases.Count > 0 && sources.Images.FirstOrDefault(image => image.Commit is null) is { } dirty)
        {
            progress.Report(
                new ShippingEvent(dirty.Name, ShippingStage.Done)
                {
                    Note = $"aliases ({string.Join(", ", aliases)}) stay where they are: its inputs are not committed",
                }
            );
        }

        foreach (var image in published)
        {
            foreach (var moved in image.Moved)
            {
                if (
                    sources.Commit?.ToString() is { } now
                    && await IsLaterAsync(sources.Repository, moved.From, now, cancellationToken).ConfigureAwait(false)
                )
                {
                    progress.Report(
                        new ShippingEvent(image.Plan.Name, ShippingStage.Done)
                        {
                            Note =
                                $"alias {moved.Alias} moved back from {Short(moved.From)} to {Short(now)}, an older commit",
                        }
                    );
                }
            }
        }
    }

    private static async Task<bool> IsLaterAsync(
        GitRepository repository,
        string before,
        string now,
        CancellationToken cancellationToken
    ) =>
        before != now
        && await repository.FindCommitAsync(before, cancellationToken).ConfigureAwait(false) is not null
        && await repository.IsAncestorAsync(now, before, cancellationToken).ConfigureAwait(false);

    private static string Short(string revision) => revision[..Math.Min(7, revision.Length)];
}

/// <summary>An alias that pointed to another image before.</summary>
/// <param name="Alias">The tag.</param>
/// <param name="From">The commit that first published the other image.</param>
internal sealed record MovedAlias(Tag Alias, string From);
