using Lading.Git;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Tests.Shipping;

public sealed class NamingAliases
{
    private static readonly ObjectId Commit = ObjectId.Parse(new string('a', 40));

    [Theory]
    [InlineData("latest", "main", "latest")]
    [InlineData("{branch}", "main", "main")]
    [InlineData("{branch}", "feature/carts#2", "feature-carts-2")]
    [InlineData("{branch}-latest", "main", "main-latest")]
    [InlineData("{commit}", "main", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("{branch}", ".hidden", "_hidden")]
    [InlineData("{branch}", "-x", "_x")]
    [InlineData("{branch}", "ünï", "_n-")]
    public void Placeholders_are_filled_in_and_characters_invalid_in_tags_become_dashes(
        string alias,
        string branch,
        string expected
    ) => Assert.Equal(expected, Assert.Single(AliasTags.For([alias], branch, Commit)).Name);

    [Fact]
    public void An_alias_whose_placeholder_has_no_value_is_left_out()
    {
        Assert.Equal(["latest"], AliasTags.For(["{branch}", "latest"], null, Commit).Select(tag => tag.Name));
        Assert.Equal(["main"], AliasTags.For(["{branch}", "{commit}"], "main", null).Select(tag => tag.Name));
    }

    [Fact]
    public void Two_aliases_with_the_same_result_are_one_tag() =>
        Assert.Single(AliasTags.For(["main", "{branch}"], "main", Commit));

    [Fact]
    public void A_long_branch_is_cut_to_the_length_of_a_tag() =>
        Assert.Equal(128, Assert.Single(AliasTags.For(["{branch}"], new string('b', 200), Commit)).Name.Length);

    [Theory]
    [InlineData("", "latest", true)]
    [InlineData("latest", "latest", false)]
    [InlineData("latest,stable", "stable", false)]
    [InlineData("{commit}", "aaaa", true)]
    [InlineData("dev-{branch}", "dev-main", false)]
    [InlineData("dev-{branch}", "prod-main", true)]
    [InlineData("{branch}", "main", false)]
    [InlineData("{branch},{commit}", "aaaa", false)]
    [InlineData("{branch},c-{commit}", "c-aaaa", true)]
    [InlineData("{branch},c-{commit},c-latest", "c-latest", false)]
    [InlineData("{branch},a-{commit},b-{commit},c-{commit},d-{commit}", "c-aaaa", true)]
    [InlineData("a,b,c,d,e,f", "f", false)]
    public void Only_aliases_that_move_are_exempt_from_immutability(string aliases, string tag, bool isImmutable)
    {
        var settings = AliasTags.SettingsFor(aliases.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(isImmutable, settings.IsImmutable(Tag.Parse(tag)));
        // Whatever the aliases are, the tags that Lading relies on never move, signatures may be added to, and ECR
        // accepts the filters.
        Assert.True(settings.IsImmutable(Tag.Parse("src-" + new string('0', 40))));
        Assert.True(settings.IsImmutable(RevisionTag.Of(Commit)));
        Assert.False(settings.IsImmutable(Tag.Parse("sha256-" + new string('0', 64) + ".sig")));
        Assert.InRange(settings.Exceptions.Count, 1, 5);
    }
}
