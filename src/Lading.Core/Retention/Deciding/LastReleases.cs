using System.Globalization;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>
/// Keeps the releases that a rollback may choose: the last of each stack that differ in their pins, and all that were
/// current recently.
/// </summary>
internal static class LastReleases
{
    public static IEnumerable<ImageUse> Of(RetentionEvidence evidence, RetentionPolicy policy)
    {
        var since = policy.Recent > TimeSpan.Zero ? evidence.ReadAt - policy.Recent : DateTimeOffset.MaxValue;
        // Each stack has its own count: one that is deployed often must not displace releases of a namesake in another
        // account or region.
        foreach (var stack in evidence.Releases.GroupBy(release => (release.Place, release.Environment, release.Stack)))
        {
            var releases = stack
                .OrderByDescending(release => release.At)
                .ThenByDescending(release => release.Version)
                .ToList();
            var pins = releases.ConvertAll(release => release.Images.ToHashSet());
            var counted = new HashSet<HashSet<UsedImage>>(HashSet<UsedImage>.CreateSetComparer());
            for (var i = 0; i < releases.Count; i++)
            {
                // A release was current until the next one.
                var isRecent = releases[i].At >= since || (i > 0 && releases[i - 1].At >= since);
                var isLast = i == 0 || counted.Contains(pins[i]) || counted.Count < policy.Releases;
                if (!WasRolledBack(pins, i))
                {
                    counted.Add(pins[i]);
                }

                if (!isLast && !isRecent)
                {
                    continue;
                }

                foreach (var image in releases[i].Images)
                {
                    var text = Text(releases[i], isCurrent: i == 0, isLast, policy);
                    yield return new ImageUse(UseKind.Release, image, text, releases[i].Source);
                }
            }
        }
    }

    /// <summary>
    /// Whether the releases before and after one are equal. An update that was rolled back after it wrote the record
    /// looks like that; it must not count as one of the last releases.
    /// </summary>
    private static bool WasRolledBack(List<HashSet<UsedImage>> pins, int i) =>
        i > 0 && i + 1 < pins.Count && pins[i - 1].SetEquals(pins[i + 1]);

    private static string Text(StackRelease release, bool isCurrent, bool isLast, RetentionPolicy policy)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"release #{release.Version} of {release.Stack} in {release.Environment}"
        );
        return isCurrent ? $"{text}, the present one"
            : isLast ? string.Create(CultureInfo.InvariantCulture, $"{text}, one of the last {policy.Releases}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{text}, current within the last {policy.Recent.TotalDays:0} days"
            );
    }
}
