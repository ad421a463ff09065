using System.Globalization;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>The releases that one may go back to: the last ones of each stack, and all that were current a short while ago.</summary>
internal static class LastReleases
{
    public static IEnumerable<ImageUse> Of(RetentionEvidence evidence, RetentionPolicy policy)
    {
        var since = policy.Recent > TimeSpan.Zero ? evidence.ReadAt - policy.Recent : DateTimeOffset.MaxValue;
        // Each environment counts its own: a busy one must not use up the releases of a quiet one.
        foreach (var stack in evidence.Releases.GroupBy(release => (release.Environment, release.Stack)))
        {
            var releases = stack
                .OrderByDescending(release => release.At)
                .ThenByDescending(release => release.Version)
                .ToList();
            for (var i = 0; i < releases.Count; i++)
            {
                // A release was current until the next one.
                var isRecent = releases[i].At >= since || (i > 0 && releases[i - 1].At >= since);
                if (i >= policy.Releases && i > 0 && !isRecent)
                {
                    continue;
                }

                foreach (var image in releases[i].Images)
                {
                    yield return new ImageUse(UseKind.Release, image, Text(releases[i], i, policy), releases[i].Source);
                }
            }
        }
    }

    private static string Text(StackRelease release, int place, RetentionPolicy policy)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"release #{release.Version} of {release.Stack} in {release.Environment}"
        );
        return place == 0 ? $"{text}, the present one"
            : place < policy.Releases
                ? string.Create(CultureInfo.InvariantCulture, $"{text}, one of the last {policy.Releases}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{text}, current within the last {policy.Recent.TotalDays:0} days"
            );
    }
}
