using Lading.Configuration;
using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Evidence;
using static Lading.Tests.Retention.Stored;

namespace Lading.Tests.Retention;

/// <summary>What a team wants to keep is kept, for as long as it wants.</summary>
public sealed class KeepingWhatIsWanted
{
    [Fact]
    public void Images_pushed_or_pulled_within_30_days_stay()
    {
        string[] names = ["29", "30", "pulled 29", "pulled 30", "unknown"];
        var evidence = Evidence(
            Image("29") with
            {
                PushedAt = Now.AddDays(-30).AddSeconds(1),
            },
            Image("30") with
            {
                PushedAt = Now.AddDays(-30),
            },
            Image("pulled 29") with
            {
                PulledAt = Now.AddDays(-29),
            },
            Image("pulled 30") with
            {
                PulledAt = Now.AddDays(-30),
            },
            Image("unknown") with
            {
                PushedAt = null,
            }
        );

        Assert.Equal(["29", "pulled 29", "unknown"], evidence.Decide().Kept(names));
        Assert.Empty(
            evidence.Decide(new RetentionPolicy { Recent = TimeSpan.Zero, Pulled = TimeSpan.Zero }).Kept(names)
        );
    }

    [Fact]
    public void Each_stack_in_each_environment_keeps_its_own_last_releases()
    {
        var evidence = Evidence([.. Enumerable.Range(1, 12).Select(i => Image($"{i}")), Image("quiet")]) with
        {
            Releases =
            [
                .. Enumerable.Range(1, 12).Select(i => Release("dev", i, Now.AddDays(i - 100), $"{i}")),
                Release("prod", 1, Now.AddDays(-300), "quiet"),
            ],
        };

        var plan = evidence.Decide();

        Assert.Equal(
            ["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "quiet"],
            plan.Kept([.. Enumerable.Range(1, 12).Select(i => $"{i}"), "quiet"])
        );
        Assert.Equal(["release #12 of Shop in dev, the present one"], plan.ReasonsOf("12"));
        Assert.Equal(["release #3 of Shop in dev, one of the last 10"], plan.ReasonsOf("3"));
    }

    [Fact]
    public void Stacks_with_one_name_in_two_accounts_count_separately()
    {
        var evidence = Evidence([
            .. Enumerable.Range(1, 12).Select(i => Image($"{i}")),
            Image("quiet 1"),
            Image("quiet 2"),
        ]) with
        {
            Releases =
            [
                .. Enumerable.Range(1, 12).Select(i => Release("", i, Now.AddDays(i - 100), $"{i}")),
                Release("", 1, Now.AddDays(-300), "quiet 1") with
                {
                    Place = "222222222222/eu-west-1",
                },
                Release("", 2, Now.AddDays(-200), "quiet 2") with
                {
                    Place = "222222222222/eu-west-1",
                },
            ],
        };

        var kept = evidence
            .Decide()
            .Kept([.. Enumerable.Range(1, 12).Select(i => $"{i}"), "quiet 1", "quiet 2"])
            .ToList();

        Assert.Equal(12, kept.Count);
        Assert.Contains("quiet 1", kept);
        Assert.Contains("quiet 2", kept);
    }

    [Fact]
    public void A_restored_image_gets_a_new_grace_period_even_if_nothing_recent_is_kept()
    {
        var policy = new RetentionPolicy { Recent = TimeSpan.Zero };
        var evidence = Evidence(
            Image("restored") with
            {
                ActivatedAt = Now.AddDays(-6),
            },
            Image("long ago") with
            {
                ActivatedAt = Now.AddDays(-7),
            }
        );

        Assert.Equal(["restored"], evidence.Decide(policy).Kept("restored", "long ago"));
        Assert.Equal(
            ["restored from the archive within the last 7 days"],
            evidence.Decide(policy).ReasonsOf("restored")
        );
    }

    [Fact]
    public void The_log_of_clean_up_stays_even_if_everything_may_be_deleted()
    {
        var audit = Image("audit") with { Tags = ["lading-audit-20261101T120000Z"] };

        Assert.Equal(["audit"], Evidence(audit).Decide(new RetentionPolicy { Others = ["*"] }).Kept("audit"));
        Assert.Equal(["tagged lading-audit-20261101T120000Z"], Evidence(audit).Decide().ReasonsOf("audit"));
    }

    [Fact]
    public void A_failed_update_and_its_rollback_do_not_count_as_releases()
    {
        // The third and the fifth failed late and were undone; the seventh is an earlier release again.
        string[] images = ["1", "2", "failed", "2", "failed too", "2", "1", "3"];
        var policy = new RetentionPolicy { Releases = 3 };
        var evidence = Evidence(Image("0"), Image("1"), Image("2"), Image("3")) with
        {
            Releases =
            [
                Release("prod", 1, Now.AddDays(-99), "0"),
                .. images.Select((image, i) => Release("prod", i + 2, Now.AddDays(i - 90), image)),
            ],
        };

        Assert.Equal(["1", "2", "3"], evidence.Decide(policy).Kept("0", "1", "2", "3"));
        Assert.Equal(["0", "1", "2", "3"], evidence.Decide(policy with { Releases = 4 }).Kept("0", "1", "2", "3"));
    }

    [Fact]
    public void A_release_that_was_current_within_30_days_stays_however_many_came_after_it()
    {
        var evidence = Evidence([.. Enumerable.Range(1, 20).Select(i => Image($"{i}"))]) with
        {
            // The fifth was current until two days ago, when all later ones were deployed.
            Releases =
            [
                .. Enumerable
                    .Range(1, 20)
                    .Select(i => Release("dev", i, i <= 5 ? Now.AddDays(i - 100) : Now.AddDays(-2), $"{i}")),
            ],
        };

        var plan = evidence.Decide();

        Assert.Equal(
            Enumerable.Range(5, 16).Select(i => $"{i}"),
            plan.Kept([.. Enumerable.Range(1, 20).Select(i => $"{i}")])
        );
        Assert.Equal(["release #5 of Shop in dev, current within the last 30 days"], plan.ReasonsOf("5"));
    }

    [Fact]
    public void Tags_that_the_policy_names_and_images_kept_by_name_stay()
    {
        var images = new[] { Image("a") with { Tags = [TagOf("a"), "v1.2"] }, Image("b"), Image("c"), Image("d") };
        var policy = new RetentionPolicy
        {
            Keep = ["v*"],
            Kept =
            [
                new KeptImage(Web, DigestOf("b"), new DateOnly(2026, 11, 29), "audit"),
                new KeptImage(Web, DigestOf("c"), new DateOnly(2026, 11, 28), "audit"),
                new KeptImage(RepositoryName.Parse("shop/other"), DigestOf("d"), new DateOnly(2026, 12, 28), "audit"),
            ],
        };

        var plan = Evidence(images).Decide(policy);

        Assert.Equal(["a", "b"], plan.Kept("a", "b", "c", "d"));
        Assert.Equal(["tagged v1.2"], plan.ReasonsOf("a"));
        Assert.Equal(["kept until 2026-11-29: audit"], plan.ReasonsOf("b"));
    }

    [Fact]
    public void An_image_whose_mark_a_publish_outranked_counts_as_new()
    {
        string[] names = ["young", "old", "of another"];
        var evidence = Evidence(
            Tagged("young", 20261101),
            Tagged("old", 20261001),
            Tagged("of another", 20261101, "x")
        );

        Assert.Equal(["young"], evidence.Decide().Kept(names));
        Assert.Equal(["kept by a publish within the last 30 days"], evidence.Decide().ReasonsOf("young"));

        static StoredImage Tagged(string name, int day, string? of = null) =>
            Image(name) with
            {
                Tags = [TagOf(name), $"lading-kept-{day}-{DigestOf(of ?? name).Short}"],
            };
    }

    [Fact]
    public void A_cache_is_kept_until_it_is_unused_or_replaced()
    {
        string[] names = ["used", "replaced", "old"];
        var evidence = Evidence(
            Cache("used") with
            {
                PulledAt = Now.AddDays(-1),
            },
            Cache("replaced") with
            {
                Tags = [],
                PushedAt = Now.AddDays(-1),
            },
            Cache("old")
        );

        Assert.Equal(["used"], evidence.Decide(new RetentionPolicy { Others = ["shop/web"] }).Kept(names));

        static StoredImage Cache(string name) =>
            Image(name) with
            {
                Tags = [$"web-{name}"],
                Blobs = [Blob("config", 10) with { MediaType = "application/vnd.buildkit.cacheconfig.v0" }],
            };
    }

    private static StackRelease Release(string environment, int version, DateTimeOffset at, string image) =>
        new(environment, "Shop", version, at, [new UsedImage(Host, Web, DigestOf(image))], Source);
}
