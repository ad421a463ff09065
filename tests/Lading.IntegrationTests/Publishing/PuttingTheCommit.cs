using Lading.Layout;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>The alias with <c>{commit}</c>, by which templates may name images.</summary>
public sealed class PuttingTheCommit : IAsyncLifetime
{
    private SmallProject? project;

    private SmallProject Project => project!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        project = await SmallProject.CreateAsync(more: """ "aliases": ["c-{commit}"], """);

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_publish_puts_the_alias_of_HEAD_on_every_image_even_if_nothing_is_built()
    {
        var first = await Project.PublishAsync();
        Project.Repository.Write("README.md", "No input.\n");
        var commit = await Project.Repository.CommitAsync("No input");

        var second = await Project.PublishAsync();

        Assert.All(second.Values, image => Assert.Equal(("reuse", 0L), (image.Action, image.BytesSent)));
        Assert.Equal(first["web"].Digest, await StandsOnAsync("web", commit));
        Assert.Equal(first["site"].Digest, await StandsOnAsync("site", commit));
    }

    [Fact]
    public async Task An_image_that_is_held_back_has_it_too()
    {
        var first = await Project.PublishAsync();
        var then = await Project.Repository.GitAsync("rev-parse", "HEAD");
        (await Project.LadingAsync("pin", $"site@{then}", "--reason", "it is too slow")).Succeeded();
        Project.Repository.Write("src/site/page.txt", "shipping is fast\n");
        var commit = await Project.Repository.CommitAsync("Faster, and held back");

        await Project.PublishAsync();
        Assert.Equal(first["site"].Digest, await StandsOnAsync("site", commit));
        await Project.PublishAsync("--rev", "HEAD");

        Assert.Equal(first["site"].Digest, await StandsOnAsync("site", commit));
        Assert.Equal(first["web"].Digest, await StandsOnAsync("web", commit));
    }

    [Fact]
    public async Task Uncommitted_inputs_do_not_pass_for_the_commit()
    {
        Project.Repository.Write("src/web/index.html", "<h1>Not yet</h1>\n");
        var commit = await Project.Repository.GitAsync("rev-parse", "HEAD");

        await Project.PublishAsync("--dirty");

        Assert.Null(await StandsOnAsync("web", commit));
        await Project.Repository.GitAsync("checkout", "--quiet", "src/web");
        var clean = await Project.PublishAsync();
        Assert.Equal(clean["web"].Digest, await StandsOnAsync("web", commit));
    }

    [Fact]
    public async Task An_image_that_is_published_again_gets_the_tag_of_the_commit_although_a_lock_names_it()
    {
        var commit = await Project.Repository.GitAsync("rev-parse", "HEAD");
        var first = await Project.PublishAsync();
        Directory.Delete(Project.Store, recursive: true);

        var again = await Project.PublishAsync();

        Assert.Equal(first["web"].Digest, again["web"].Digest);
        var layout = new LayoutStore(Project.Store).Open(RepositoryName.Parse("shop/web"));
        Assert.NotNull(await layout.FindManifestAsync(Tag.Parse($"git-{commit}"), Cancelled));
    }

    private async Task<string?> StandsOnAsync(string image, string commit)
    {
        var layout = new LayoutStore(Project.Store).Open(RepositoryName.Parse($"shop/{image}"));
        return (await layout.FindManifestAsync(Tag.Parse($"c-{commit}"), Cancelled))?.Digest.ToString();
    }
}
