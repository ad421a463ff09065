using Lading.Rollbacks;
using Lading.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>Which release a rollback chooses.</summary>
public sealed class ChoosingARelease
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private const string Address = "Shop --env prod";

    private static readonly IReadOnlyList<Release> Releases =
    [
        ARelease("5", 0, 'e'),
        ARelease("20261129T100000", 2, 'x') with
        {
            Outcome = ReleaseOutcome.Attempt,
        },
        ARelease("4", 4, 'd') with
        {
            Outcome = ReleaseOutcome.RolledBack,
            Why = "the circuit breaker",
        },
        ARelease("3", 6, 'e'),
        ARelease("2", 8, 'b', "4e1c0d2000000000000000000000000000000000"),
        ARelease("1", 10, 'a'),
    ];

    [Fact]
    public void The_default_is_the_newest_that_ran_well_with_other_images() => Assert.Equal("2", Chosen(null));

    [Fact]
    public void A_release_that_was_rolled_back_is_skipped() =>
        Assert.Equal("1", new TargetChoice(Releases, Left('b'), [], Address).Choose(null, null).Version);

    [Fact]
    public void A_release_that_was_rolled_back_can_be_named() =>
        Assert.Equal("2", new TargetChoice(Releases, Left('b'), [], Address).Choose("#2", null).Version);

    [Theory]
    [InlineData("#1", "1")]
    [InlineData("2", "2")]
    [InlineData("4e1c0d2", "2")]
    [InlineData("4e1c0d2000000000000000000000000000000000", "2")]
    [InlineData("sha256:aaaaaaaa", "1")]
    [InlineData("bbbbbbbbbbbb", "2")]
    [InlineData("eeeeeee", "3")]
    [InlineData("2026-11-29T04:30Z", "2")]
    [InlineData("2026-11-29 06:30", "3")]
    [InlineData("2026-11-29 04:00Z", "2")]
    public void A_release_is_chosen_by_version_commit_digest_or_time(string to, string expected) =>
        Assert.Equal(expected, Chosen(to));

    [Theory]
    [InlineData("#9", FailureKind.Usage, "names neither a release")]
    [InlineData("4e1c0d", FailureKind.Usage, "names neither a release")]
    [InlineData("#5", FailureKind.Usage, "#5 is the current release")]
    [InlineData("#4", FailureKind.CheckFailed, "never became a release (the circuit breaker)")]
    [InlineData("20261129t100000", FailureKind.CheckFailed, "never became a release")]
    [InlineData("2020-01-01", FailureKind.Usage, "names neither a release")]
    // The day in one country is the month in another.
    [InlineData("29.11.2026", FailureKind.Usage, "names neither a release")]
    [InlineData("11/29/2026 04:30", FailureKind.Usage, "names neither a release")]
    public void A_release_that_cannot_be_chosen_is_refused_with_those_that_can(string to, FailureKind kind, string said)
    {
        var failure = Assert.Throws<LadingException>(() => Chosen(to));

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_the_release_does_not_have_is_refused() =>
        Assert.Contains(
            "It has web.",
            Assert
                .Throws<LadingException>(() => new TargetChoice(Releases, Left(), [], Address).Choose(null, "wbe"))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Without_another_release_there_is_nothing_to_go_back_to() =>
        Assert.Equal(
            FailureKind.CheckFailed,
            Assert
                .Throws<LadingException>(() => new TargetChoice([Releases[0]], Left(), [], Address).Choose(null, null))
                .Kind
        );

    [Fact]
    public void Other_releases_are_offered_as_a_command_to_copy() =>
        Assert.Equal(
            "One could go back to #2, #1: lading rollback Shop --env prod --to '#2'. lading history Shop --env prod shows more.",
            new TargetChoice(
                [.. Releases.Select(release => release with { CanGoBack = release.Version is "1" or "2" })],
                Left(),
                [],
                Address
            ).Others()
        );

    private static string Chosen(string? to) =>
        new TargetChoice(Releases, Left(), [], Address).Choose(to, null).Version;

    private static HashSet<string> Left(params char[] letters) => [.. letters.Select(Digest)];

    private static string Digest(char letter) => $"sha256:{new string(letter, 64)}";

    private static Release ARelease(string version, int hoursAgo, char letter, string? revision = null) =>
        new()
        {
            Version = version,
            When = Noon - TimeSpan.FromHours(hoursAgo),
            Outcome = ReleaseOutcome.Succeeded,
            Images = new Dictionary<string, string> { ["web"] = $"shop/web@{Digest(letter == 'x' ? 'f' : letter)}" },
            Revisions = revision is null ? [] : new Dictionary<string, string> { ["web"] = revision },
            CanGoBack = true,
        };
}
