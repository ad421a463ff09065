using Lading.Configuration;
using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Evidence;
using static Lading.Tests.Retention.Stored;

namespace Lading.Tests.Retention;

/// <summary>A fact that could not be read holds the repositories that it could concern, and no others.</summary>
public sealed class FailingClosed
{
    private static readonly RepositoryName Api = RepositoryName.Parse("shop/api");

    private static readonly RepositoryHold Hold = new(Host, Web, "no access to ecs:ListTasks", "Grant it.", Source)
    {
        Subject = "ecs:ListTasks in 111111111111/eu-west-1",
    };

    private static RetentionEvidence Two { get; } =
        new() { ReadAt = Now, Repositories = [Repository(Image("a")), Repository(Image("b")) with { Name = Api }] };

    [Fact]
    public void A_hold_keeps_its_repository_and_no_other()
    {
        var plan = (Two with { Holds = [Hold] }).Decide();

        Assert.Equal(["a"], plan.Kept("a", "b"));
        Assert.Equal([Hold], plan.Repositories[0].Holds);
        Assert.Equal(["no access to ecs:ListTasks"], plan.ReasonsOf("a"));
        Assert.Empty(plan.Repositories[1].Holds);
        Assert.Empty(plan.Stops);
    }

    [Fact]
    public void A_hold_on_a_registry_keeps_all_of_it_under_each_form_of_its_host()
    {
        var hold = Hold with { Host = "111111111111.dkr-ecr.eu-west-1.on.aws", Repository = null };

        Assert.Equal(["a", "b"], (Two with { Holds = [hold] }).Decide().Kept("a", "b"));
        Assert.Equal(
            ["b"],
            (Two with { Holds = [hold with { Host = null, Repository = Api }] }).Decide().Kept("a", "b")
        );
        Assert.Empty((Two with { Holds = [hold with { Host = OtherHost }] }).Decide().Kept("a", "b"));
    }

    [Fact]
    public void A_gap_that_could_concern_everything_stops_the_run_despite_any_exception()
    {
        var hold = Hold with { Host = null, Repository = null };

        var plan = (Two with { Holds = [hold] }).Decide(
            new RetentionPolicy { Exceptions = [new RetentionException(hold.Subject, null, DateOnly.MaxValue, "x")] }
        );

        Assert.Equal([hold], plan.Stops);
        Assert.Equal(["a", "b"], plan.Kept("a", "b"));
    }

    [Fact]
    public void An_exception_accepts_a_gap_until_its_day_is_over()
    {
        var evidence = Two with { Holds = [Hold] };
        var exception = new RetentionException(Hold.Subject, Web, new DateOnly(2026, 11, 29), "a sandbox");

        var accepted = evidence.Decide(new RetentionPolicy { Exceptions = [exception] });
        var ended = evidence.Decide(
            new RetentionPolicy { Exceptions = [exception with { Until = new DateOnly(2026, 11, 28) }] }
        );
        var elsewhere = evidence.Decide(new RetentionPolicy { Exceptions = [exception with { Repository = Api }] });
        var another = evidence.Decide(new RetentionPolicy { Exceptions = [exception with { Of = "ecs:ListTasks" }] });

        Assert.Empty(accepted.Kept("a", "b"));
        Assert.Equal([new ExceptedHold(Hold, exception)], accepted.Repositories[0].Excepted);
        Assert.Equal(["a"], ended.Kept("a", "b"));
        Assert.Equal(
            "no access to ecs:ListTasks (the exception for it ended on 2026-11-28)",
            ended.Repositories[0].Holds[0].Reason
        );
        Assert.Equal(["a"], elsewhere.Kept("a", "b"));
        Assert.Equal(["a"], another.Kept("a", "b"));
    }

    [Fact]
    public void An_index_whose_children_are_unknown_holds_its_repository()
    {
        var plan = Evidence(Image("a"), Index("index") with { Children = null }).Decide();

        Assert.Equal(["a", "index"], plan.Kept("a", "index"));
        Assert.Equal(
            $"what {DigestOf("index").Short} needs is unknown: its manifest was not read",
            Assert.Single(plan.Repositories[0].Holds).Reason
        );
    }

    [Fact]
    public void Images_that_a_held_target_may_keep_stay_in_their_origin_even_if_it_could_not_be_listed()
    {
        var path = new PromotionPath(Host, OtherHost, "prod");
        var hold = Hold with { Host = OtherHost };
        var listed = new RetentionEvidence
        {
            ReadAt = Now,
            Repositories = [Repository(Image("a"), Image("b")), RepositoryAt(OtherHost, Image("a"))],
            Promotions = [path],
            Holds = [hold],
        };
        var unlisted = listed with { Repositories = [listed.Repositories[0]] };
        var without = unlisted with { Holds = [] };

        Assert.Equal(["a", "a"], listed.Decide().Kept("a", "b"));
        Assert.Equal(["a", "b"], unlisted.Decide().Kept("a", "b"));
        Assert.Empty(without.Decide().Kept("a", "b"));
    }

    [Fact]
    public void The_freed_size_counts_each_blob_once_that_no_kept_image_has()
    {
        var images = new[]
        {
            Image("used") with
            {
                Blobs = [Blob("shared", 1000), Blob("own", 1)],
            },
            Image("old") with
            {
                Blobs = [Blob("shared", 1000), Blob("layer", 20)],
                Size = 1020,
            },
            Image("older") with
            {
                Blobs = [Blob("layer", 20), Blob("config", 3)],
                Size = 23,
            },
        };
        var unread = images.Select(image => image with { Blobs = null }).ToArray();

        var plan = Evidence(images).With(UseOf("used")).Decide().Repositories[0];
        var unknown = Evidence(unread).With(UseOf("used")).Decide().Repositories[0];

        Assert.Equal(23, plan.FreedBytes);
        Assert.Equal(1043, plan.FreedAtMost);
        Assert.Null(unknown.FreedBytes);
        Assert.Equal(1043, unknown.FreedAtMost);
    }
}
