using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

public sealed class PublishingADirtyTree : IAsyncLifetime
{
    private SmallProject? project;

    private SmallProject Project => project!;

    private TestRepository Repository => Project.Repository;

    public async ValueTask InitializeAsync() => project = await SmallProject.CreateAsync();

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_is_refused_with_the_names_of_the_files_and_nothing_is_done()
    {
        Repository
            .Write("src/web/index.html", "<h1>Not yet</h1>\n")
            .Write("src/web/new.html", "<h1>New</h1>\n")
            .Write("README.md", "No input.\n");
        File.Delete(Path.Combine(Repository.Folder, "src/web/style/shop.css"));

        var run = (await Project.LadingAsync("publish")).Failed(FailureKind.Failed);

        Assert.Equal("", run.Out);
        Assert.Equal(
            """
            error: Could not publish: inputs are not committed
              web: 3 of its inputs differ from HEAD
                  M src/web/index.html
                  D src/web/style/shop.css
                  ? src/web/new.html
              Commit them, or publish them as they are with --dirty.
              (1 other change in the repository touches no image.)

            """,
            run.Error
        );
        Assert.All(
            FolderSnapshot.Of(Path.Combine(Repository.Folder, ".lading")),
            file => Assert.StartsWith(".gitignore ", file)
        );
        Assert.Equal(0, Project.Runs);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/website/page.html")]
    [InlineData("lading.bases.json")]
    public async Task A_change_outside_the_inputs_is_not_refused(string path)
    {
        var content = path == "lading.bases.json" ? """{ "basesVersion": 1, "bases": {} }""" : "Not committed.\n";
        Repository.Write(path, content);

        var published = await Project.PublishAsync();

        Assert.All(published.Values, image => Assert.Equal("build", image.Action));
    }

    [Fact]
    public async Task Only_the_requested_images_count()
    {
        Repository.Write("src/web/index.html", "<h1>Not yet</h1>\n");

        await Project.PublishAsync("site");
        var run = (await Project.LadingAsync("publish", "web")).Failed(FailureKind.Failed);

        Assert.Contains("M src/web/index.html", run.Error);
    }

    [Fact]
    public async Task A_definition_that_is_not_committed_counts_as_an_input_of_its_image()
    {
        Repository.Write("lading.json", Repository.Read("lading.json").Replace("/srv/serve", "/srv/serve2"));

        var run = (await Project.LadingAsync("publish")).Failed(FailureKind.Failed);

        Assert.Contains("web: 1 of its inputs differs from HEAD\n      M lading.json (images.web)", run.Error);
        Assert.DoesNotContain("site:", run.Error);
    }

    [Fact]
    public async Task A_new_image_that_is_not_committed_counts_as_one()
    {
        Repository.Write(
            "lading.json",
            Repository
                .Read("lading.json")
                .Replace(
                    "\"images\": {",
                    """ "images": { "copy": { "assemble": { "base": "scratch", "copy": { "src/web/": "/" } } }, """
                )
        );

        var run = (await Project.LadingAsync("publish")).Failed(FailureKind.Failed);
        await Project.PublishAsync("--dirty");

        Assert.Contains("A lading.json (images.copy)", run.Error);
        Assert.Contains("shop/copy", Project.LockText());
    }

    [Fact]
    public async Task Takes_an_uncommitted_environment_as_it_is()
    {
        Repository.Write(
            "lading.json",
            Repository.Read("lading.json").Replace("\"stage\"", "\"new\": { \"registry\": \"embedded\" }, \"stage\"")
        );

        await Project.PublishAsync("--env", "new");

        Assert.Contains("\"environment\": \"new\"", Project.LockText("new"));
    }

    [Fact]
    public async Task With_dirty_the_files_are_taken_as_they_are_and_committing_them_later_builds_nothing()
    {
        Repository.Write("src/web/index.html", "<h1>Tried</h1>\n").Write("src/site/page.txt", "tried\n");
        Repository.Write("src/web/deep/new.html", "<h1>New</h1>\n");
        await Repository.GitAsync("add", "src/site");
        var dirty = await Project.PublishAsync("--dirty");
        Assert.All(dirty.Values, image => Assert.Equal(("build", null), (image.Action, image.Revision)));

        var commit = await Repository.CommitAsync("As tried");
        var clean = await Project.PublishAsync();

        Assert.All(clean.Values, image => Assert.Equal(("reuse", commit), (image.Action, image.Revision)));
        Assert.Equal(dirty.Values.Select(image => image.Digest), clean.Values.Select(image => image.Digest));
        Assert.Equal(1, Project.Runs);
    }

    [Fact]
    public async Task With_dirty_and_nothing_uncommitted_it_is_a_publish_like_any_other()
    {
        var dirty = await Project.PublishAsync("--dirty");
        var clean = await Project.PublishAsync();

        var commit = await Repository.GitAsync("rev-parse", "HEAD");
        Assert.All(dirty.Values, image => Assert.Equal(("build", commit), (image.Action, image.Revision)));
        Assert.All(clean.Values, image => Assert.Equal("reuse", image.Action));
    }

    [Fact]
    public async Task With_dirty_an_image_whose_inputs_are_committed_keeps_its_revision()
    {
        var first = await Project.PublishAsync();
        Repository.Write("src/web/index.html", "<h1>Tried</h1>\n");

        var dirty = await Project.PublishAsync("--dirty");

        Assert.Equal(("build", null), (dirty["web"].Action, dirty["web"].Revision));
        Assert.Equal(("reuse", first["site"].Revision), (dirty["site"].Action, dirty["site"].Revision));
    }

    [Fact]
    public async Task Files_that_git_ignores_are_not_inputs()
    {
        var first = await Project.PublishAsync();
        Repository.Write(".git/info/exclude", "*.log\n").Write("src/web/today.log", "noise\n");

        var again = await Project.PublishAsync("--dirty");

        Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(first["web"].Digest, again["web"].Digest);
    }

    [Fact]
    public async Task The_users_repository_is_left_unchanged()
    {
        Repository.Write("src/web/index.html", "<h1>Staged</h1>\n").Write("src/web/new.html", "<h1>New</h1>\n");
        await Repository.GitAsync("add", "src/web/index.html");
        Repository.Write("src/web/index.html", "<h1>And changed again</h1>\n");
        var before = FolderSnapshot.OfContents(Path.Combine(Repository.Folder, ".git"));

        await Project.PublishAsync("--dirty");

        Assert.Equal(before, FolderSnapshot.OfContents(Path.Combine(Repository.Folder, ".git")));
    }

    [Fact]
    public async Task Before_the_first_commit_the_tree_can_be_published_as_it_is()
    {
        await Repository.GitAsync("update-ref", "-d", "HEAD");

        var refused = (await Project.LadingAsync("publish")).Failed(FailureKind.Usage);
        var dirty = await Project.PublishAsync("--dirty");

        Assert.Contains("the repository has no commit yet", refused.Error);
        Assert.All(dirty.Values, image => Assert.Equal(("build", null), (image.Action, image.Revision)));
    }
}
