using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;
using Lading.Shipping;

namespace Lading.Retention.Local;

/// <summary>
/// Images that were published recently and are not reachable from a branch or tag: from an uncommitted tree, or an unreachable commit.
/// </summary>
/// <param name="git">The program, in the clone.</param>
/// <param name="since">Images published before this are ignored.</param>
internal sealed class UnreachableImages(GitProgram git, DateTimeOffset since)
{
    private const string Attempted = "Could not see which commits branches and tags lead to";

    /// <summary>Reads the recently published, unreachable images as uses.</summary>
    /// <param name="stored">The contents of the store.</param>
    /// <param name="now">The time of the evidence.</param>
    /// <param name="cancellationToken">Cancels it and ends git.</param>
    /// <exception cref="LadingException">git is missing, or failed.</exception>
    public async Task<IReadOnlyList<ImageUse>> ReadAsync(
        IReadOnlyList<StoredRepository> stored,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var published = stored
            .SelectMany(each => each.Images.Where(IsPublished).Select(image => (Repository: each, Image: image)))
            .ToList();
        var unreachable = await FindUnreachableAsync(
                [.. published.SelectMany(each => RevisionsOf(each.Image)).Distinct(StringComparer.Ordinal)],
                cancellationToken
            )
            .ConfigureAwait(false);
        var uses = new List<ImageUse>();
        foreach (var (repository, image) in published)
        {
            var revisions = RevisionsOf(image).ToList();
            if (revisions.TrueForAll(unreachable.Contains))
            {
                var from =
                    revisions.Count == 0
                        ? "from an uncommitted tree"
                        : $"at {ShortCommit.Of(revisions[0])}, which is on no branch";
                uses.Add(
                    new ImageUse(
                        UseKind.Revision,
                        new UsedImage(repository.Host, repository.Name, image.Digest),
                        FormattableString.Invariant(
                            $"published {(int)(now - image.PushedAt!.Value).TotalDays} days ago {from}"
                        ),
                        new FactOrigin("store", repository.Name.Value, now)
                    )
                );
            }
        }

        return uses;
    }

    private bool IsPublished(StoredImage image) =>
        image.PushedAt > since
        && image.Tags.Any(tag => tag.StartsWith(Fingerprint.SourceTagPrefix, StringComparison.Ordinal));

    /// <summary>The commits that an image was published from; empty for an uncommitted tree.</summary>
    private static IEnumerable<string> RevisionsOf(StoredImage image) =>
        image
            .Tags.Select(tag => Tag.TryParse(tag, out var parsed) ? RevisionTag.RevisionOf(parsed) : null)
            .OfType<string>();

    /// <summary>Commits that no reference reaches, and those that the clone does not have.</summary>
    private async Task<HashSet<string>> FindUnreachableAsync(
        IReadOnlyList<string> revisions,
        CancellationToken cancellationToken
    )
    {
        if (revisions.Count == 0)
        {
            return [];
        }

        var objects = ObjectReader.Start(git);
        await using (objects.ConfigureAwait(false))
        {
            var found = await objects.FindAllAsync(revisions, cancellationToken).ConfigureAwait(false);
            var existing = revisions.Zip(found).ToLookup(pair => pair.Second is { Type: "commit" }, pair => pair.First);
            var listed = await git.RunAsync(
                    Attempted,
                    GitProgram.Lines(existing[true]),
                    ["rev-list", "--stdin", "--not", "--all"],
                    cancellationToken
                )
                .ConfigureAwait(false);
            return listed
                .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Intersect(existing[true], StringComparer.Ordinal)
                .Concat(existing[false])
                .ToHashSet(StringComparer.Ordinal);
        }
    }
}
