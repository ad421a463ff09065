using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

public sealed class PublishingAgain : IAsyncLifetime
{
    private SmallProject? project;

    private SmallProject Project => project!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => project = await SmallProject.CreateAsync();

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_second_publish_builds_nothing_sends_nothing_and_leaves_the_lock_as_it_is()
    {
        var first = await Project.PublishAsync();
        var (store, written) = (FolderSnapshot.Of(Project.Store), File.GetLastWriteTimeUtc(Project.LockPath()));
        var text = Project.LockText();

        var second = await Project.PublishAsync();

        Assert.All(first.Values, image => Assert.Equal("build", image.Action));
        Assert.All(second.Values, image => Assert.Equal(("reuse", 0L), (image.Action, image.BytesSent)));
        Assert.Equal(1, Project.Runs);
        Assert.Equal(store, FolderSnapshot.Of(Project.Store));
        Assert.Equal(text, Project.LockText());
        Assert.Equal(written, File.GetLastWriteTimeUtc(Project.LockPath()));
    }

    [Fact]
    public async Task It_says_so_in_one_line()
    {
        await Project.PublishAsync();

        var run = (await Project.LadingAsync("publish")).Succeeded();

        Assert.Matches(@"^  2 images · 2 reused · nothing sent · [\d.]+ m?s\n$", run.Out);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Nothing_is_new_after_everything_was_committed_even_Ladings_own_files()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        await Project.Repository.GitAsync("add", "--all", "--force");
        await Project.Repository.CommitAsync("All there is, images and locks too");
        Assert.Contains(".lading/local.lock.json", await Project.Repository.GitAsync("ls-files", ".lading"));

        var again = await Project.PublishAsync();

        Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(1, Project.Runs);
        Assert.Equal(text, Project.LockText());
    }

    [Fact]
    public async Task A_context_that_is_the_whole_repository_excludes_Ladings_own_files()
    {
        Project.Repository.Write(
            "lading.json",
            """
            { "project": "shop", "images": { "all": { "assemble": { "base": "scratch", "copy": { "./": "/all/" } } } } }
            """
        );
        await Project.Repository.CommitAsync("One image of everything");
        var first = await Project.PublishAsync();
        await Project.Repository.GitAsync("add", "--all", "--force");
        Project
            .Repository.Write("lading.bases.json", """{ "basesVersion": 1, "bases": {} }""")
            .Write("lading.json", "// All there is.\n" + Project.Repository.Read("lading.json"));
        await Project.Repository.CommitAsync("All there is");

        var again = await Project.PublishAsync();

        Assert.Equal("reuse", again["all"].Action);
        Assert.Equal(first["all"].Digest, again["all"].Digest);
    }

    [Theory]
    [InlineData("README.md", "A shop, and how it works.\n")]
    [InlineData("docs/new.md", "New.\n")]
    [InlineData("src/website/other.txt", "Beside src/web, and not in it.\n")]
    public async Task A_commit_that_touches_no_input_changes_nothing(string path, string content)
    {
        await Project.PublishAsync();
        var (text, store) = (Project.LockText(), FolderSnapshot.Of(Project.Store));
        Project.Repository.Write(path, content);
        await Project.Repository.CommitAsync("Nothing of an image");

        var again = await Project.PublishAsync();

        Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(text, Project.LockText());
        Assert.Equal(store, FolderSnapshot.Of(Project.Store));
    }

    [Fact]
    public async Task Writing_the_configuration_differently_changes_nothing()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        var configuration = Project.Repository.Read("lading.json");
        Project.Repository.Write("lading.json", "// A comment.\n" + configuration.Replace("  ", "\t"));
        await Project.Repository.CommitAsync("Tabs");

        var again = await Project.PublishAsync();

        Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(text, Project.LockText());
    }

    [Fact]
    public async Task One_changed_file_makes_that_image_new_and_no_other()
    {
        var first = await Project.PublishAsync();
        Project.Repository.Write("src/web/index.html", "<h1>Sale</h1>\n");
        var commit = await Project.Repository.CommitAsync("Sale");

        var second = await Project.PublishAsync();

        Assert.Equal(("build", "reuse"), (second["web"].Action, second["site"].Action));
        Assert.NotEqual(first["web"].Digest, second["web"].Digest);
        Assert.Equal(commit, second["web"].Revision);
        Assert.Equal(first["site"], second["site"] with { Action = "build", BytesSent = first["site"].BytesSent });
        Assert.Equal(1, Project.Runs);
    }

    [Fact]
    public async Task A_file_that_becomes_executable_makes_its_image_new()
    {
        var first = await Project.PublishAsync();
        await Project.Repository.GitAsync("update-index", "--chmod=+x", "src/web/index.html");
        await Project.Repository.GitAsync("commit", "--quiet", "--message", "To be run");
        await Project.Repository.GitAsync("checkout", "--quiet", "--force", "HEAD");

        var second = await Project.PublishAsync();

        Assert.Equal(("build", "reuse"), (second["web"].Action, second["site"].Action));
        Assert.NotEqual(first["web"].Digest, second["web"].Digest);
    }

    [Fact]
    public async Task Times_and_line_endings_of_the_working_tree_do_not_matter()
    {
        await Project.PublishAsync();
        await Project.Repository.GitAsync("config", "core.autocrlf", "true");
        File.Delete(Path.Combine(Project.Repository.Folder, "src/web/index.html"));
        await Project.Repository.GitAsync("checkout", "--quiet", "--", "src/web/index.html");
        Assert.Contains('\r', Project.Repository.Read("src/web/index.html"));

        var again = await Project.PublishAsync();

        Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
    }

    [Fact]
    public async Task A_lost_lock_is_written_again_byte_for_byte()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        File.Delete(Project.LockPath());

        var again = await Project.PublishAsync();

        Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(text, Project.LockText());
    }

    [Fact]
    public async Task A_lock_that_cannot_be_read_is_written_again()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        Project.Repository.Write(".lading/local.lock.json", text[..^40]);

        var again = await Project.PublishAsync();

        Assert.All(again.Values, image => Assert.Equal("reuse", image.Action));
        Assert.Equal(text, Project.LockText());
    }

    [Fact]
    public async Task A_revision_tag_that_a_crash_left_out_is_added_by_the_next_run()
    {
        var first = await Project.PublishAsync();
        var layout = new LayoutStore(Project.Store).Open(RepositoryName.Parse("shop/web"));
        var tag = RevisionTag.Of(Git.ObjectId.Parse(first["web"].Revision!));
        await new LayoutRemoval(layout).RemoveTagAsync(tag, Cancelled);
        File.Delete(Project.LockPath());
        Assert.DoesNotContain(tag, await layout.ListTagsAsync(Cancelled));

        var again = await Project.PublishAsync();

        Assert.Equal(("reuse", first["web"].Revision), (again["web"].Action, again["web"].Revision));
        Assert.Contains(tag, await layout.ListTagsAsync(Cancelled));
    }
}
