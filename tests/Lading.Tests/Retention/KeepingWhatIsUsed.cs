using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Evidence;
using static Lading.Tests.Retention.Stored;

namespace Lading.Tests.Retention;

/// <summary>An image in use is kept, whatever the form of its reference; nothing else is.</summary>
public sealed class KeepingWhatIsUsed
{
    [Fact]
    public void An_unused_image_may_be_deleted()
    {
        var plan = Evidence(Image("a"), Image("b")).Decide();

        Assert.Empty(plan.Kept("a", "b"));
        Assert.Empty(plan.Stops);
    }

    /// <summary>DIGEST is the digest of image a, and TAG its tag; OTHER is another digest.</summary>
    [Theory]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web@DIGEST", true)]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web:v1@DIGEST", true)]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web:TAG", true)]
    [InlineData("111111111111.dkr.ecr-fips.eu-west-1.amazonaws.com/shop/web@DIGEST", true)]
    [InlineData("111111111111.dkr-ecr.eu-west-1.on.aws/shop/web@DIGEST", true)]
    [InlineData("111111111111.DKR.ecr.eu-west-1.amazonaws.com/shop/web@DIGEST", true)]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web:TAG@OTHER", false)]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web", false)]
    [InlineData("222222222222.dkr.ecr.eu-west-1.amazonaws.com/shop/web@DIGEST", false)]
    [InlineData("111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/web@DIGEST", false)]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/webs@DIGEST", false)]
    public void Every_form_of_a_name_means_one_image(string reference, bool isKept)
    {
        var named = reference
            .Replace("DIGEST", DigestOf("a").ToString(), StringComparison.Ordinal)
            .Replace("OTHER", DigestOf("c").ToString(), StringComparison.Ordinal)
            .Replace("TAG", TagOf("a"), StringComparison.Ordinal);

        var plan = Evidence(Image("a"), Image("b")).With(Use(named)).Decide();

        Assert.Equal(isKept ? ["a"] : [], plan.Kept("a", "b"));
    }

    [Theory]
    [InlineData("sha256:9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7")]
    [InlineData("${Parameter}")]
    [InlineData("shop/web@sha256:12")]
    [InlineData("")]
    [InlineData(null)]
    public void Text_that_is_not_a_reference_is_not_mistaken_for_one(string? text) =>
        Assert.False(UsedImage.TryParse(text, out _));

    [Fact]
    public void A_tag_means_what_it_points_to_now()
    {
        var (old, now) = (Image("old"), Image("now") with { Tags = ["latest"] });

        var plan = Evidence(old, now).With(Use($"{Host}/{Web}:latest"), Use($"{Host}/{Web}")).Decide();

        Assert.Equal(["now"], plan.Kept("old", "now"));
    }

    [Fact]
    public void A_digest_without_a_name_is_sought_everywhere_and_a_name_without_a_digest_keeps_the_repository()
    {
        var evidence = Evidence(Image("a"), Image("b"));
        var anywhere = new UsedImage(null, null, DigestOf("b"));
        var something = new UsedImage(Host, Web, default);

        Assert.Equal(
            ["b"],
            evidence.With(new ImageUse(UseKind.Running, anywhere, "runs", Source)).Decide().Kept("a", "b")
        );
        Assert.Equal(
            ["a", "b"],
            evidence.With(new ImageUse(UseKind.Running, something, "runs", Source)).Decide().Kept("a", "b")
        );
    }

    [Fact]
    public void A_source_tag_wanted_in_a_repository_is_found_in_every_registry()
    {
        var wanted = new UsedImage(null, Web, Tag.Parse(TagOf("a")));
        var evidence = new RetentionEvidence
        {
            ReadAt = Now,
            Repositories = [Repository(Image("a"), Image("b")), RepositoryAt(OtherHost, Image("a"))],
        };

        var plan = evidence.With(new ImageUse(UseKind.Revision, wanted, "needed by branch main", Source)).Decide();

        Assert.Equal(["a", "a"], plan.Kept("a", "b"));
        Assert.Equal(["needed by branch main"], plan.ReasonsOf("a"));
    }

    [Fact]
    public void The_strongest_reason_is_first_and_none_is_repeated()
    {
        var plan = Evidence(Image("a") with { PushedAt = Now.AddDays(-1), PulledAt = Now })
            .With(
                UseOf("a", UseKind.Lock) with
                {
                    Reason = "in a lock",
                },
                UseOf("a", UseKind.TaskDefinition) with
                {
                    Reason = "in shop:7",
                },
                UseOf("a") with
                {
                    Reason = "runs in Shop (6 tasks)",
                },
                UseOf("a") with
                {
                    Reason = "runs in Shop (6 tasks)",
                }
            )
            .Decide();

        Assert.Equal(
            [
                "runs in Shop (6 tasks)",
                "in shop:7",
                "in a lock",
                "pushed within the last 30 days",
                "pulled within the last 30 days, by somebody who was not seen",
            ],
            plan.ReasonsOf("a")
        );
    }

    [Fact]
    public void An_image_that_was_listed_twice_is_decided_once()
    {
        var (first, again) = (Image("a"), Image("a") with { Tags = ["v1"], PulledAt = Now });

        var plan = Evidence(first, Image("b"), again).Decide();

        var decisions = Assert.Single(plan.Repositories).Images;
        Assert.Equal([DigestOf("a"), DigestOf("b")], decisions.Select(decision => decision.Image.Digest));
        Assert.Equal([TagOf("a"), "v1"], decisions[0].Image.Tags);
        Assert.Equal(["a"], plan.Kept("a", "b"));
    }
}
