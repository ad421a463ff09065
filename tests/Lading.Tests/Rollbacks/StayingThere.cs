using Lading.Rollbacks;
using Lading.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// The commits to revert, so that the repository does not bring back what a stack was rolled back from.
/// </summary>
public sealed class StayingThere
{
    [Fact]
    public void Reverts_the_commit_of_the_release_that_was_rolled_back() =>
        Assert.Equal(["c"], Reverted("c b a", to: 1));

    [Fact]
    public void Reverts_everything_since_newest_first() => Assert.Equal(["c", "b"], Reverted("c b a", to: 2));

    [Fact]
    public void Does_not_revert_what_was_undone_before() => Assert.Equal(["b"], Reverted("b c b a", to: 3));

    [Fact]
    public void Does_not_revert_beyond_what_runs_again() => Assert.Equal(["c"], Reverted("c a b a", to: 3));

    [Fact]
    public void Does_not_revert_what_never_ran()
    {
        var releases = Releases("c b a");
        releases[1] = releases[1] with { Outcome = ReleaseOutcome.RolledBack };

        Assert.Equal(["c"], RollbackFollowUp.Of(releases, releases[0], releases[2], ["web"]).Reverted);
    }

    [Fact]
    public void An_image_is_pinned_at_the_commit_that_runs_again()
    {
        var releases = Releases("c b a");

        Assert.Equal([("web", "a")], RollbackFollowUp.Of(releases, releases[0], releases[2], ["web", "other"]).Pinned);
    }

    private static IReadOnlyList<string> Reverted(string commits, int to)
    {
        var releases = Releases(commits);
        return RollbackFollowUp.Of(releases, releases[0], releases[to], ["web"]).Reverted;
    }

    /// <summary>Releases with an image of each commit, newest first.</summary>
    private static List<Release> Releases(string commits) =>
        [
            .. commits
                .Split(' ')
                .Select(
                    (commit, i) =>
                        new Release
                        {
                            Version = $"{9 - i}",
                            When = DateTimeOffset.UnixEpoch,
                            Outcome = ReleaseOutcome.Succeeded,
                            Images = new Dictionary<string, string> { ["web"] = $"shop/web@{commit}" },
                            Revisions = new Dictionary<string, string> { ["web"] = commit },
                        }
                ),
        ];
}
