using Lading.Oci;
using Lading.Writer;

namespace Lading.Tests.Layout;

public sealed class KeepingImmutableTags : IDisposable
{
    private static readonly Tag Source = Tag.Parse("src-1");
    private readonly LayoutFolder folder = new();
    private readonly RepositorySettings settings = RepositorySettings.ImmutableExcept("alias-*");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Another_digest_is_refused_and_the_current_one_named()
    {
        var layout = folder.Open(settings.IsImmutable);
        var (first, second) = (new SmallImage("one"), new SmallImage("two"));
        await first.PutAsync(layout, Source, Cancelled);

        var taken = await Assert.ThrowsAsync<TagIsTakenException>(() => second.PutAsync(layout, Source, Cancelled));

        Assert.Equal(first.Digest, taken.Current);
        Assert.Equal(first.Digest, (await layout.FindManifestAsync(Source, Cancelled))?.Digest);
    }

    [Fact]
    public async Task The_same_digest_again_is_success()
    {
        var (layout, image) = (folder.Open(settings.IsImmutable), new SmallImage("one"));
        await image.PutAsync(layout, Source, Cancelled);
        var before = await File.ReadAllBytesAsync(folder.Index, Cancelled);

        await image.PutAsync(layout, Source, Cancelled);

        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Index, Cancelled));
    }

    [Fact]
    public async Task Exempt_tags_may_move()
    {
        var (layout, alias) = (folder.Open(settings.IsImmutable), Tag.Parse("alias-main"));
        await new SmallImage("one").PutAsync(layout, alias, Cancelled);
        var second = new SmallImage("two");

        await second.PutAsync(layout, alias, Cancelled);

        Assert.Equal(second.Digest, (await layout.FindManifestAsync(alias, Cancelled))?.Digest);
    }

    [Theory]
    [InlineData("latest", "latest", true)]
    [InlineData("latest", "latest2", false)]
    [InlineData("sha256-*", "sha256-0c2e", true)]
    [InlineData("sha256-*", "sha256", false)]
    [InlineData("*", "anything", true)]
    [InlineData("*-rc", "1.0-rc", true)]
    [InlineData("*-rc", "1.0-rc1", false)]
    [InlineData("pr-*-web", "pr-7-web", true)]
    [InlineData("pr-*-web", "pr-web", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("*b*b*", "abcb", true)]
    [InlineData("*b*b*", "abc", false)]
    [InlineData("v1.0", "v1x0", false)]
    [InlineData("Latest", "latest", false)]
    public void A_wildcard_matches_any_characters_and_all_else_is_literal(string filter, string tag, bool matches) =>
        Assert.Equal(matches, TagFilter.Matches(filter, Tag.Parse(tag)));

    [Fact]
    public void In_a_mutable_repository_the_exceptions_are_immutable()
    {
        var mutable = RepositorySettings.MutableExcept("src-*");

        Assert.True(mutable.IsImmutable(Source));
        Assert.False(mutable.IsImmutable(Tag.Parse("latest")));
    }
}
