using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Completes releases by their order and the registry: what changed, how long each ran, whether a rollback is possible.
/// </summary>
internal static class ReleaseFacts
{
    /// <summary>Why a rollback to the current release is not possible.</summary>
    public const string Current = "it is the current release";

    /// <summary>Completes releases.</summary>
    /// <param name="releases">The oldest first.</param>
    /// <param name="evidence">The evidence, with the registry's images.</param>
    /// <returns>The newest first.</returns>
    public static IReadOnlyList<Release> Add(IReadOnlyList<Release> releases, HistoryEvidence evidence)
    {
        var images = evidence.Images.ToLookup(image => image.Digest);
        var goingBack = new RollbackEligibility(evidence);
        var added = new List<Release>();
        Release? before = null;
        var current = releases.LastOrDefault(release => release.Counts);
        for (var i = 0; i < releases.Count; i++)
        {
            var release = releases[i];
            var next = releases.Skip(i + 1).FirstOrDefault(each => each.Counts);
            var (canGoBack, why) = release == current ? (false, Current) : goingBack.Decide(release);
            added.Add(
                release with
                {
                    Changed = before is null ? [] : [.. Differences(before, release)],
                    RanFor = release.Counts ? RanFor(release, next, evidence.ReadAt) : null,
                    Revisions = RevisionsOf(release, images),
                    CanGoBack = canGoBack,
                    Why = release.Why.Length > 0 && why.Length > 0 ? $"{release.Why}; {why}" : release.Why + why,
                }
            );
            before = release.Counts ? release : before;
        }

        added.Reverse();
        return added;
    }

    /// <summary>
    /// How long a release ran: until the next one ended; never negative, although their clocks may differ.
    /// </summary>
    private static TimeSpan RanFor(Release release, Release? next, DateTimeOffset now)
    {
        var ran = (next?.EndedAt ?? next?.When ?? now) - (release.EndedAt ?? release.When);
        return ran > TimeSpan.Zero ? ran : TimeSpan.Zero;
    }

    private static IEnumerable<string> Differences(Release before, Release release) =>
        release
            .Images.Where(image => before.Images.GetValueOrDefault(image.Key) != image.Value)
            .Select(image => image.Key)
            .Concat(before.Images.Keys.Where(name => !release.IsPartial && !release.Images.ContainsKey(name)));

    private static Dictionary<string, string> RevisionsOf(Release release, ILookup<Digest, RegistryImage> images)
    {
        var revisions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, reference) in release.Images)
        {
            if (
                DigestOf(reference) is { } digest
                && images[digest].Select(image => image.Revision).FirstOrDefault(each => each is not null)
                    is { } revision
            )
            {
                revisions[name] = revision;
            }
        }

        return revisions;
    }

    /// <summary>The digest in <c>repository@digest</c>; null if it is a tag.</summary>
    public static Digest? DigestOf(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return at >= 0 && Digest.TryParse(reference[(at + 1)..], out var digest) ? digest : null;
    }
}
