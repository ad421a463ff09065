using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Evidence;
using static Lading.Tests.Retention.Stored;

namespace Lading.Tests.Retention;

/// <summary>An image keeps what it needs, and what refers to it.</summary>
public sealed class KeepingWhatIsNeeded
{
    [Fact]
    public void An_index_keeps_its_children()
    {
        var index = Index("index") with { Children = [Child("amd64", "linux/amd64"), Child("arm64", "linux/arm64")] };

        var plan = Evidence(index, Untagged("amd64"), Untagged("arm64"), Image("old")).With(UseOf("index")).Decide();

        Assert.Equal(["index", "amd64", "arm64"], plan.Kept("index", "amd64", "arm64", "old"));
        Assert.Equal([$"child of {DigestOf("index").Short} for linux/arm64"], plan.ReasonsOf("arm64"));
    }

    [Fact]
    public void A_child_in_use_keeps_the_indexes_that_name_it_and_those_their_children()
    {
        var plan = Evidence(
                Index("one", "amd64", "arm64"),
                Index("two", "amd64"),
                Index("three", "other"),
                Untagged("amd64"),
                Untagged("arm64"),
                Untagged("other")
            )
            .With(UseOf("amd64"))
            .Decide();

        Assert.Equal(["one", "two", "amd64", "arm64"], plan.Kept("one", "two", "three", "amd64", "arm64", "other"));
        Assert.Equal([$"index that names {DigestOf("amd64").Short}, which is kept"], plan.ReasonsOf("one"));
    }

    [Fact]
    public void A_child_kept_only_by_its_index_keeps_no_other_index()
    {
        var plan = Evidence(Index("one", "amd64"), Index("two", "amd64"), Untagged("amd64"))
            .With(UseOf("one"))
            .Decide();

        Assert.Equal(["one", "amd64"], plan.Kept("one", "two", "amd64"));
    }

    [Fact]
    public void An_index_of_indexes_keeps_all_its_descendants_and_is_kept_by_them()
    {
        var images = new[] { Index("outer", "inner"), Index("inner", "amd64"), Untagged("amd64") };

        Assert.Equal(3, Evidence(images).With(UseOf("outer")).Decide().Kept("outer", "inner", "amd64").Count());
        Assert.Equal(3, Evidence(images).With(UseOf("amd64")).Decide().Kept("outer", "inner", "amd64").Count());
    }

    [Fact]
    public void Referrers_stay_and_go_with_their_subject_and_so_do_theirs()
    {
        var images = new[]
        {
            Image("used"),
            Referrer("statement", "used"),
            Referrer("signature", "statement"),
            Image("old"),
            Referrer("old statement", "old") with
            {
                PushedAt = Now,
            },
        };

        var plan = Evidence(images).With(UseOf("used")).Decide();

        Assert.Equal(
            ["used", "statement", "signature"],
            plan.Kept("used", "statement", "signature", "old", "old statement")
        );
    }

    [Theory]
    [InlineData("sha256-HEX.sig")]
    [InlineData("sha256-HEX.att")]
    [InlineData("sha256-HEX.sbom")]
    [InlineData("sha256-HEX")]
    public void Images_whose_tag_names_a_subject_are_referrers_too(string tag)
    {
        var images = new[]
        {
            Image("used"),
            Image("signature") with
            {
                Tags = [tag.Replace("HEX", DigestOf("used").Hex, StringComparison.Ordinal)],
            },
            Image("old"),
            Image("old signature") with
            {
                Tags = [tag.Replace("HEX", DigestOf("old").Hex, StringComparison.Ordinal)],
            },
        };

        var plan = Evidence(images).With(UseOf("used")).Decide();

        Assert.Equal(["used", "signature"], plan.Kept("used", "signature", "old", "old signature"));
        Assert.Equal([$"about {DigestOf("used").Short}, which is kept"], plan.ReasonsOf("signature"));
    }

    [Fact]
    public void A_subject_with_a_long_digest_is_found_by_the_part_of_it_in_a_tag()
    {
        var digest = Digest.OfBytes("used"u8, DigestAlgorithm.Sha512);
        var list = Image("list") with { Tags = [ReferrersTag.Of(digest).Name] };
        var use = Use($"{Host}/{Web}@{digest}");

        var plan = Evidence(Image("used") with { Digest = digest }, list).With(use).Decide();

        Assert.Equal([$"about {digest.Short}, which is kept"], plan.ReasonsOf("list"));
    }

    [Fact]
    public void A_referrer_in_use_keeps_its_subject()
    {
        var plan = Evidence(Image("a"), Referrer("signature", "a"), Image("b")).With(UseOf("signature")).Decide();

        Assert.Equal(["a", "signature"], plan.Kept("a", "signature", "b"));
    }

    [Fact]
    public void A_promoted_image_stays_in_its_origin_while_a_target_keeps_it()
    {
        var evidence = new RetentionEvidence
        {
            ReadAt = Now,
            Repositories =
            [
                Repository(Index("index", "amd64"), Untagged("amd64"), Image("old")),
                RepositoryAt(OtherHost, Index("index", "amd64"), Untagged("amd64"), Image("old")),
            ],
            Promotions = [new PromotionPath(Host, OtherHost, "prod")],
        };

        var kept = evidence.With(Use($"{OtherHost}/{Web}@{DigestOf("index")}")).Decide();
        var origin = kept.Repositories[0].Images.Where(image => image.IsKept).Select(image => image.Image.Digest);

        Assert.Equal([DigestOf("index"), DigestOf("amd64")], origin);
        Assert.Equal(["promoted to prod, which keeps it"], kept.ReasonsOf("index"));
        Assert.Empty(evidence.Decide().Kept("index", "amd64", "old"));
    }

    [Fact]
    public void Images_that_are_not_Ladings_stay_with_what_they_need_unless_their_repository_is_named()
    {
        var images = new[]
        {
            Index("by hand", "child") with
            {
                Tags = ["v1"],
            },
            Untagged("child"),
            Index("ours", "our child", "tagged child"),
            Untagged("our child"),
            Image("tagged child") with
            {
                Tags = ["v1-arm64"],
            },
            Untagged("nobody knows"),
        };
        string[] names = ["by hand", "child", "ours", "our child", "tagged child", "nobody knows"];

        var plan = Evidence(images).Decide();

        Assert.Equal(["by hand", "child", "tagged child", "nobody knows"], plan.Kept(names));
        Assert.Equal(["not Lading's: it has no src- tag, and no image with one needs it"], plan.ReasonsOf("by hand"));
        Assert.Empty(Evidence(images).Decide(new RetentionPolicy { Others = ["shop/web"] }).Kept(names));
        Assert.Empty(Evidence(images).Decide(new RetentionPolicy { Others = ["shop/*"] }).Kept(names));
        Assert.Equal(
            names,
            (Evidence() with { Repositories = [Repository(images) with { IsOfProject = false }] }).Decide().Kept(names)
        );
    }

    [Fact]
    public void A_child_that_was_marked_before_its_index_was_deleted_may_still_be_deleted()
    {
        var child = Untagged("child") with { Tags = [$"lading-expired-20261101-{DigestOf("child").Short}"] };
        var byHand = child with { Tags = [.. child.Tags, "v1"] };
        var wrong = child with { Tags = [$"lading-expired-20261101-{DigestOf("other").Short}"] };

        Assert.Empty(Evidence(child).Decide().Kept("child"));
        Assert.Equal(["child"], Evidence(byHand).Decide().Kept("child"));
        Assert.Equal(["child"], Evidence(wrong).Decide().Kept("child"));
    }

    [Fact]
    public void An_archived_image_is_left_alone_with_its_children()
    {
        var images = new[] { Index("index", "child") with { IsArchived = true }, Untagged("child"), Image("old") };

        var plan = Evidence(images).Decide();

        Assert.Equal(["index", "child"], plan.Kept("index", "child", "old"));
        Assert.Equal(["archived already"], plan.ReasonsOf("index"));
        Assert.Equal(["runs in Shop"], Evidence(images).With(UseOf("index")).Decide().ReasonsOf("index"));
    }
}
