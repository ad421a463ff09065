using Lading.Layout;
using Lading.Oci;
using Lading.Testing;
using Lading.Tests.Rollbacks;

namespace Lading.Tests.Retention.Acting;

/// <summary>
/// Verbs that find an image marked for deletion report the mark; publishing or resolving it keeps it.
/// </summary>
public sealed class ReportingMarks : IAsyncLifetime
{
    private static readonly RepositoryName Web = RepositoryName.Parse("shop/web");
    private static readonly DateOnly Day = new(2026, 11, 1);
    private TestRepository git = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ImageLayout Layout => new LayoutStore(Path.Combine(git.Folder, ".lading", "registry")).Open(Web);

    public async ValueTask InitializeAsync()
    {
        git = await TestRepository.CreateAsync();
        git.Write(".gitignore", ".lading/\n")
            .Write("page", "hello")
            .Write(
                "lading.json",
                """
                {
                  "project": "shop",
                  "images": { "web": { "assemble": { "sources": ["page"], "base": "scratch", "copy": { "page": "/page" } } } }
                }
                """
            );
        await git.CommitAsync("first");
        (await ToolRun.InAsync(git.Folder, "publish")).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        git.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Check_names_the_day_of_a_mark_and_the_publish_that_ends_it()
    {
        await MarkAsync();

        var check = (await ToolRun.InAsync(git.Folder, "check")).Succeeded();
        Assert.Contains(
            "marked for deletion on 2026-11-01: lading publish --env local keeps it",
            check.Out,
            StringComparison.Ordinal
        );
        var published = (await ToolRun.InAsync(git.Folder, "publish")).Succeeded();
        Assert.Contains(
            "it was marked for deletion on 2026-11-01, and is kept",
            published.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "marked",
            (await ToolRun.InAsync(git.Folder, "resolve")).Succeeded().Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Resolve_keeps_the_images_in_its_lock()
    {
        await MarkAsync();

        var resolved = (await ToolRun.InAsync(git.Folder, "resolve")).Succeeded();

        Assert.Contains(
            "web was marked for deletion on 2026-11-01, and is kept",
            resolved.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            await Layout.ListTagsAsync(Cancelled),
            tag => tag.Name.StartsWith("lading-kept-", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Rollback_reports_that_its_target_is_marked()
    {
        await using var world = await RollbackWorld.StartAsync();
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        var digest = Digest.Parse(world.DigestOf(good));
        world.Aws.Images[("shop/web", digest.ToString())].Add(DeletionMark.ExpiredOn(Day, digest).Tag.Name);
        world.Deploy(good, bad);

        var run = (await world.RollbackAsync()).Succeeded();

        Assert.Contains("in the registry, marked for deletion on 2026-11-01", run.Error, StringComparison.Ordinal);
    }

    private async Task MarkAsync()
    {
        var tag = Assert.Single(
            await Layout.ListTagsAsync(Cancelled),
            tag => tag.Name.StartsWith("src-", StringComparison.Ordinal)
        );
        var manifest = await Layout.FindManifestContentAsync(tag, Cancelled);
        await Layout.PutManifestAsync(manifest!, DeletionMark.ExpiredOn(Day, manifest!.Digest).Tag, Cancelled);
    }
}
