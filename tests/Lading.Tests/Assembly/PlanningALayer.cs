using Lading.Assembly;
using Lading.Configuration;

namespace Lading.Tests.Assembly;

public sealed class PlanningALayer : IDisposable
{
    private readonly string top = Directory.CreateTempSubdirectory("lading-layer-").FullName;

    public PlanningALayer()
    {
        foreach (var path in (string[])["infra/a.txt", "src/site/index.html", "src/site/img/b.png"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(top, path))!);
            File.WriteAllText(Path.Combine(top, path), path);
        }
    }

    private SourceCheckout Checkout => new(top, Path.Combine(top, "infra"));

    public void Dispose() => Directory.Delete(top, recursive: true);

    [Theory]
    [InlineData("a.txt", "/x/b.txt", "x/ x/b.txt")]
    [InlineData("a.txt", "/x/", "x/ x/a.txt")]
    [InlineData("../src/site/", "/srv/", "srv/ srv/img/ srv/img/b.png srv/index.html")]
    [InlineData("../src/site/*.html", "/", "index.html")]
    [InlineData("../src/**/*.png", "/", "site/ site/img/ site/img/b.png")]
    public void Copied_files_may_be_anywhere_in_the_repository(string from, string to, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', LayerPlan.For("web", new CopyEntry(from, to), Checkout).Select(entry => entry.Path))
        );

    [Theory]
    [InlineData("../../x", "is outside the checkout of its sources")]
    [InlineData("../src/no/", "matches nothing")]
    public void Reports_what_is_missing(string from, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<LadingException>(() => LayerPlan.For("web", new CopyEntry(from, "/x/"), Checkout)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_link_out_of_the_repository_is_never_copied()
    {
        File.CreateSymbolicLink(Path.Combine(top, "infra/link"), "../src/site/index.html");
        Assert.Equal("link", Assert.Single(LayerPlan.For("web", new CopyEntry("link", "/link"), Checkout)).Path);

        File.CreateSymbolicLink(Path.Combine(top, "infra/out"), "../../etc/passwd");
        Assert.Contains(
            "a link that points outside",
            Assert.Throws<LadingException>(() => LayerPlan.For("web", new CopyEntry("out", "/out"), Checkout)).Message,
            StringComparison.Ordinal
        );
    }
}
