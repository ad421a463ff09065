using Lading.Layout;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>The registry is the memory: whatever commit a clone is at, its images are found again.</summary>
public sealed class GoingBackInGit : IAsyncLifetime
{
    private TestRegistry? registry;
    private SmallProject? project;

    private SmallProject Project => project!;

    private TestRepository Repository => Project.Repository;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        project = await SmallProject.CreateAsync(registry.Host, """ "aliases": ["latest", "{branch}", "{commit}"], """);
    }

    public async ValueTask DisposeAsync()
    {
        project?.Dispose();
        await registry!.DisposeAsync();
    }

    [Theory]
    [InlineData("reset --quiet --hard HEAD~1")]
    [InlineData("revert --no-edit HEAD")]
    [InlineData("checkout --quiet --detach HEAD~1")]
    public async Task The_old_digest_is_back_without_a_build(string goBack)
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        await ChangeAsync("PAID SHIPPING", "<h1>Sale</h1>");
        var changed = await Project.PublishAsync();
        Assert.All(changed.Values, image => Assert.Equal("build", image.Action));
        Assert.Equal(2, Project.Runs);
        await Repository.RunAsync(goBack);

        var back = await Project.PublishAsync();

        Assert.All(back.Values, image => Assert.Equal(("reuse", 0L), (image.Action, image.BytesSent)));
        Assert.Equal(2, Project.Runs);
        Assert.Equal(text, Project.LockText());
    }

    [Fact]
    public async Task It_says_what_the_lock_pins_now_and_which_aliases_moved_back()
    {
        var first = await Project.PublishAsync();
        var before = await Repository.GitAsync("rev-parse", "--short=7", "HEAD");
        await ChangeAsync("paid shipping", "<h1>Sale</h1>");
        var changed = await Project.PublishAsync();
        var after = await Repository.GitAsync("rev-parse", "--short=7", "HEAD");
        await Repository.RunAsync("reset --quiet --hard HEAD~1");

        var back = (await Project.LadingAsync("publish")).Succeeded();

        Assert.Matches($"web +{Short(changed["web"].Digest)} → {Short(first["web"].Digest)} \\({before}\\)", back.Out);
        Assert.Contains($"web: alias latest moved back from {after} to {before}, an older commit", back.Error);
        var again = (await Project.LadingAsync("publish")).Succeeded();
        Assert.DoesNotContain("→", again.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("went back", again.Error, StringComparison.Ordinal);

        // A new commit that undoes the change does not count as going back.
        await Repository.RunAsync("reset --quiet --hard ORIG_HEAD");
        await Project.PublishAsync();
        await Repository.RunAsync("revert --no-edit HEAD");
        var reverted = (await Project.LadingAsync("publish")).Succeeded();
        Assert.Contains("→", reverted.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("went back", reverted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_stay_where_they_are_when_uncommitted_inputs_are_published()
    {
        var first = await Project.PublishAsync();
        Repository.Write("src/web/index.html", "<h1>Not yet</h1>\n");

        var dirty = (await Project.LadingAsync("publish", "--dirty")).Succeeded();

        Assert.Contains("aliases (latest, {branch}, {commit}) stay where they are", dirty.Error);
        var web = new LayoutStore(Project.Store).Open(RepositoryName.Parse("shop/web"));
        var latest = await web.FindManifestAsync(Tag.Parse("latest"), Cancelled);
        Assert.Equal(first["web"].Digest, latest!.Digest.ToString());
        Assert.NotEqual(first["web"].Digest, Project.Locked("web").ToString());
    }

    private static string Short(string digest) => Digest.Parse(digest).Short;

    [Theory]
    [InlineData("publish")]
    [InlineData("resolve")]
    public async Task A_shallow_clone_gets_the_same_lock_without_a_build(string verb)
    {
        await Project.PublishAsync("--env", "shared");
        var text = Project.LockText("shared");
        await ChangeAsync("paid shipping", "<h1>Sale</h1>");
        await Project.PublishAsync("--env", "shared");
        await Repository.RunAsync("revert --no-edit HEAD");
        using var clone = await Project.CloneShallowAsync();
        Assert.Equal("1", await clone.Repository.GitAsync("rev-list", "--count", "HEAD"));

        (await clone.LadingAsync(verb, "--env", "shared")).Succeeded();

        Assert.Equal(text, clone.LockText("shared"));
        Assert.Equal(2, Project.Runs);
        // The commit that the lock names as the first is not even in this clone.
        var first = LockFile.Read(clone.LockPath("shared")).Images["web"].Revision!;
        Assert.Equal(await Repository.GitAsync("rev-parse", "HEAD~2"), first);
        Assert.Equal("", await clone.Repository.GitAsync("rev-list", "--ignore-missing", first));
    }

    [Fact]
    public async Task A_shallow_clone_publishes_what_a_full_one_finds()
    {
        await ChangeAsync("more", "<h1>More</h1>");
        using var clone = await Project.CloneShallowAsync();
        await clone.PublishAsync("--env", "shared");

        var full = await Project.PublishAsync("--env", "shared");

        Assert.All(full.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(clone.LockText("shared"), Project.LockText("shared"));
        Assert.Equal(1, Project.Runs);
    }

    [Fact]
    public async Task Two_branches_never_see_each_others_images()
    {
        await Project.PublishAsync();
        await Repository.RunAsync("checkout --quiet -b sale");
        await ChangeAsync("free", "<h1>Sale</h1>");
        var (sale, saleText) = (await Project.PublishAsync(), Project.LockText());
        await Repository.RunAsync("checkout --quiet -b search main");
        await ChangeAsync("free", "<h1>Search</h1>");

        var (search, searchText) = (await Project.PublishAsync(), Project.LockText());

        Assert.Equal(("build", "build"), (sale["web"].Action, search["web"].Action));
        Assert.NotEqual(sale["web"].Digest, search["web"].Digest);
        // What is the same on both branches is one image.
        Assert.Equal(sale["site"].Digest, search["site"].Digest);
        Assert.Equal("reuse", search["site"].Action);
        foreach (var (branch, text) in new[] { ("sale", saleText), ("search", searchText), ("sale", saleText) })
        {
            await Repository.RunAsync($"checkout --quiet {branch}");
            var again = await Project.PublishAsync();
            Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
            Assert.Equal(text, Project.LockText());
        }
    }

    [Fact]
    public async Task Aliases_move_and_nothing_follows_them()
    {
        var first = await Project.PublishAsync();
        await Repository.RunAsync("checkout --quiet -b feature/sale");
        var commit = await ChangeAsync("free", "<h1>Sale</h1>");
        var second = await Project.PublishAsync();
        var layout = new LayoutStore(Project.Store).Open(RepositoryName.Parse("shop/web"));
        Assert.Equal(first["web"].Digest, await StandsOnAsync("main"));
        Assert.Equal(second["web"].Digest, await StandsOnAsync("feature-sale"));
        Assert.Equal(second["web"].Digest, await StandsOnAsync(commit));
        Assert.Equal(second["web"].Digest, await StandsOnAsync("latest"));
        await Repository.RunAsync("checkout --quiet main");

        var back = await Project.PublishAsync();

        Assert.Equal(("reuse", first["web"].Digest), (back["web"].Action, back["web"].Digest));
        Assert.Equal(first["web"].Digest, await StandsOnAsync("latest"));

        async Task<string?> StandsOnAsync(string tag) =>
            (await layout.FindManifestAsync(Tag.Parse(tag), Cancelled))?.Digest.ToString();
    }

    [Fact]
    public async Task A_named_revision_is_published_and_resolved_without_checking_it_out()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        await ChangeAsync("free", "<h1>Sale</h1>");
        await Project.PublishAsync();
        var now = Project.LockText();
        Repository.Write("src/web/index.html", "<h1>Not committed</h1>\n");

        (await Project.LadingAsync("resolve", "--rev", "HEAD~1")).Succeeded();
        Assert.Equal(text, Project.LockText());
        (await Project.LadingAsync("resolve", "--rev", "main")).Succeeded();
        Assert.Equal(now, Project.LockText());
        var old = await Project.PublishAsync("--rev", "HEAD~1");

        Assert.All(old.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(text, Project.LockText());
        Assert.Equal("<h1>Not committed</h1>\n", Repository.Read("src/web/index.html"));
    }

    [Fact]
    public async Task A_revision_never_published_is_built_from_that_revision()
    {
        var commit = await Repository.GitAsync("rev-parse", "HEAD");
        await ChangeAsync("free", "<h1>Sale</h1>");
        var now = await Project.PublishAsync();

        var old = await Project.PublishAsync("--rev", "HEAD~1");

        Assert.Equal(("build", commit), (old["web"].Action, old["web"].Revision));
        Assert.NotEqual(now["web"].Digest, old["web"].Digest);
    }

    [Theory]
    [InlineData("HEAD~7")]
    [InlineData("no-such-branch")]
    [InlineData("--all")]
    public async Task A_revision_that_does_not_exist_is_wrong_use(string revision)
    {
        var run = (await Project.LadingAsync("publish", $"--rev={revision}")).Failed(FailureKind.Usage);

        Assert.Contains($"Could not find revision {revision}", run.Error);
        Assert.Contains("git fetch --unshallow", run.Error);
    }

    private async Task<string> ChangeAsync(string page, string index)
    {
        Repository.Write("src/web/index.html", index + "\n");
        if (page != "free")
        {
            Repository.Write("src/site/page.txt", page + "\n");
        }

        return await Repository.CommitAsync($"{index} {page}");
    }
}
