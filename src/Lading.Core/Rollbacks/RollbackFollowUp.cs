using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>How to keep the next deployment from bringing back the images that were rolled back.</summary>
/// <param name="Reverted">The commits to revert, the newest first; images without a <c>git-</c> tag are left out.</param>
/// <param name="Pinned">Images, each with the commit to hold it at.</param>
internal sealed record RollbackFollowUp(
    IReadOnlyList<string> Reverted,
    IReadOnlyList<(string Image, string Revision)> Pinned
)
{
    /// <summary>Finds the commits to revert and the images to hold.</summary>
    /// <param name="releases">The newest first.</param>
    /// <param name="current">The release that was rolled back.</param>
    /// <param name="target">The release that was rolled back to.</param>
    /// <param name="images">The names of the images that were rolled back.</param>
    public static RollbackFollowUp Of(
        IReadOnlyList<Release> releases,
        Release current,
        Release target,
        IReadOnlyList<string> images
    )
    {
        var past = releases.SkipWhile(release => release != current).Where(release => release.Counts).ToList();
        var reverted = images
            .SelectMany(image => Between(image, past, target))
            .OrderBy(each => each.Release)
            .Select(each => each.Revision)
            .Distinct(StringComparer.Ordinal);
        return new RollbackFollowUp(
            [.. reverted],
            [
                .. images
                    .Where(image => target.Revisions.ContainsKey(image))
                    .Select(image => (image, target.Revisions[image])),
            ]
        );
    }

    /// <summary>
    /// The commits of an image since a release, each with its position. If an image runs again, the commits in between are undone
    /// already.
    /// </summary>
    private static IEnumerable<(int Release, string Revision)> Between(
        string image,
        IReadOnlyList<Release> past,
        Release target
    )
    {
        var ran = past.Select(release => release.Images.GetValueOrDefault(image)).ToList();
        var end = ran.IndexOf(target.Images.GetValueOrDefault(image));
        end = end < 0 ? ran.Count : end;
        for (var at = 0; at < end; at = ran.LastIndexOf(ran[at], end - 1) + 1)
        {
            if (
                past[at].Revisions.GetValueOrDefault(image) is { } revision
                && revision != target.Revisions.GetValueOrDefault(image)
            )
            {
                yield return (at, revision);
            }
        }
    }
}
