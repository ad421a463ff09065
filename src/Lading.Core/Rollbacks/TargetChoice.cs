using System.Globalization;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Chooses the release to roll back to.</summary>
/// <param name="releases">The newest first.</param>
/// <param name="rolledBack">Digests that were rolled back, and are not chosen by default.</param>
/// <param name="drifted">Services that do not run the images in the stack, in case the user wants to undo that.</param>
/// <param name="address">The stack as a command line names it, for the commands in messages: <c>Shop --env prod</c>.</param>
/// <param name="unread">What could not be read of the history, so releases may be missing; null if everything
/// could.</param>
internal sealed class TargetChoice(
    IReadOnlyList<Release> releases,
    IReadOnlySet<string> rolledBack,
    IReadOnlyList<DriftedContainer> drifted,
    string address,
    UnreadFact? unread = null
)
{
    private const string Attempted = "Could not choose a release to go back to";
    private const int ShortestId = 7;

    /// <summary>The current release; null if it is unknown.</summary>
    public Release? Current { get; } = releases.FirstOrDefault(release => release.Counts);

    /// <summary>Returns the release to roll back to.</summary>
    /// <param name="to">The requested release; null for the newest successful one before the current.</param>
    /// <param name="image">The only image to roll back; null for all.</param>
    /// <exception cref="LadingException">There is no such release.</exception>
    public Release Choose(string? to, string? image)
    {
        if (Current is null)
        {
            throw new LadingException(
                Attempted,
                "nothing shows which release runs now",
                $"lading verify {address} shows what runs; deploy what you want with lading deploy.",
                FailureKind.CheckFailed
            );
        }

        if (image is not null && !Current.Images.ContainsKey(image))
        {
            throw LadingException.Usage(
                Attempted,
                $"the current release has no image {image}",
                Current.Images.Count > 0 ? $"It has {string.Join(", ", Current.Images.Keys)}." : ""
            );
        }

        return to is null ? Default(image) : Named(to.Trim());
    }

    /// <summary>The releases that can be rolled back to, as the last sentence of an error.</summary>
    public string Others(Release? except = null)
    {
        var possible = releases
            .Where(release => release.CanGoBack == true && release != except)
            .Select(release => $"#{release.Version}")
            .Take(5)
            .ToList();
        return possible.Count == 0
            ? $"There is no release that one could go back to: lading history {address} shows why. lading deploy --rev REVISION publishes an old commit again."
            : $"One could go back to {string.Join(", ", possible)}: lading rollback {address} --to '{possible[0]}'. lading history {address} shows more.";
    }

    private Release Default(string? image) =>
        releases
            .SkipWhile(release => release != Current)
            .Skip(1)
            .FirstOrDefault(release => release.Counts && release.Images.Count > 0 && Differs(release, image))
        ?? throw new LadingException(
            Attempted,
            (
                image is null
                    ? "no release before this one ran other images"
                    : $"no release before this one ran another {image}"
            )
                + Missing
                + DriftedContainer.Describe(drifted),
            DriftedContainer.RemedyFor(drifted)
                ?? $"lading history {address} shows all that is known; name one with --to.",
            FailureKind.CheckFailed
        );

    /// <summary>Whether a release has other images, none of which was rolled back before.</summary>
    private bool Differs(Release release, string? image)
    {
        var changed = release
            .Images.Where(each =>
                (image is null || each.Key == image)
                && Current!.Images.TryGetValue(each.Key, out var now)
                && now != each.Value
            )
            .ToList();
        return changed.Count > 0
            && !changed.Exists(each =>
                ReleaseFacts.DigestOf(each.Value) is { } digest && rolledBack.Contains($"{digest}")
            );
    }

    private string Missing => unread is null ? "" : $", as far as could be read ({unread.Reason})";

    private Release Named(string to)
    {
        var found =
            ByVersion(to)
            ?? releases.FirstOrDefault(release => release.Counts && release != Current && Matches(release, to))
            ?? releases.FirstOrDefault(release => Matches(release, to))
            ?? AtTime(to)
            ?? throw LadingException.Usage(
                Attempted,
                $"'{to}' names neither a release of this stack nor a commit, digest or time of one{Missing}",
                unread?.Remedy is { Length: > 0 } remedy
                    ? remedy
                    : "Write it as lading history does: '#41', a commit, a digest, or a time such as 2026-11-28T15:00Z. A # needs quotes in most shells."
            );
        if (found == Current)
        {
            throw drifted.Count == 0
                ? LadingException.Usage(Attempted, $"#{found.Version} is the current release", Others())
                : new LadingException(
                    Attempted,
                    $"#{found.Version} is the current release{DriftedContainer.Describe(drifted)}",
                    DriftedContainer.RemedyFor(drifted) ?? Others(),
                    FailureKind.CheckFailed
                );
        }

        return found.Counts
            ? found
            : throw new LadingException(
                Attempted,
                $"#{found.Version} never became a release{(found.Why.Length > 0 ? $" ({found.Why})" : "")}",
                Others(),
                FailureKind.CheckFailed
            );
    }

    private Release? ByVersion(string to)
    {
        var version = to.TrimStart('#');
        return releases.FirstOrDefault(release =>
            string.Equals(release.Version, version, StringComparison.OrdinalIgnoreCase)
        );
    }

    private static bool Matches(Release release, string to)
    {
        var hex = to.StartsWith("sha256:", StringComparison.Ordinal) ? to["sha256:".Length..] : to;
        return hex.Length >= ShortestId
            && hex.All(char.IsAsciiHexDigitLower)
            && (
                (
                    hex.Length == to.Length
                    && release.Revisions.Values.Any(revision => revision.StartsWith(hex, StringComparison.Ordinal))
                )
                || release.Images.Values.Any(reference =>
                    ReleaseFacts.DigestOf(reference)?.Hex.StartsWith(hex, StringComparison.Ordinal) == true
                )
            );
    }

    /// <summary>
    /// The release that started in the minute given, as lading history prints it, otherwise the one that ran at that
    /// time. In UTC unless an offset is given.
    /// </summary>
    private Release? AtTime(string to) =>
        // Only dates that begin with the year: 10/11 is October 11 in some countries and November 10 in others.
        to.Length >= 8
        && to[..4].All(char.IsAsciiDigit)
        && to[4] == '-'
        && DateTimeOffset.TryParse(
            to,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out var moment
        )
            ? releases.FirstOrDefault(release =>
                release.Counts && release.When >= moment && release.When - moment < TimeSpan.FromMinutes(1)
            ) ?? releases.FirstOrDefault(release => release.Counts && (release.EndedAt ?? release.When) <= moment)
            : null;
}
