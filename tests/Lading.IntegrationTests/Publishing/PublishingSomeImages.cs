using Lading.Locks;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

public sealed class PublishingSomeImages : IAsyncLifetime
{
    private SmallProject? project;

    private SmallProject Project => project!;

    private TestRepository Repository => Project.Repository;

    private IReadOnlyDictionary<string, LockedImage> Locked => LockFile.Read(Project.LockPath()).Images;

    public async ValueTask InitializeAsync() => project = await SmallProject.CreateAsync();

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_lock_keeps_the_entries_of_the_others()
    {
        await Project.PublishAsync();
        var site = Locked["site"];
        Repository.Write("src/web/index.html", "<h1>Sale</h1>\n").Write("src/site/page.txt", "not free\n");
        await Repository.CommitAsync("Both change");

        var published = await Project.PublishAsync("web");

        Assert.Equal("web", Assert.Single(published).Key);
        Assert.Equal(published["web"].Digest, Locked["web"].Digest.ToString());
        Assert.Equal((site.Digest, site.Fingerprint), (Locked["site"].Digest, Locked["site"].Fingerprint));
        Assert.Equal(1, Project.Runs);
    }

    [Fact]
    public async Task Publishing_the_rest_later_gives_the_same_lock_as_publishing_all()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        File.Delete(Project.LockPath());

        await Project.PublishAsync("site");
        Assert.Equal("site", Assert.Single(Locked).Key);
        await Project.PublishAsync("web");

        Assert.Equal(text, Project.LockText());
    }

    [Fact]
    public async Task An_image_that_is_no_longer_defined_leaves_the_lock()
    {
        await Project.PublishAsync();
        Repository.Write(
            "lading.json",
            """
            { "project": "shop", "images": { "web": { "assemble": { "base": "scratch", "copy": { "src/web/": "/" } } } } }
            """
        );
        await Repository.CommitAsync("No site");

        await Project.PublishAsync();

        Assert.Equal("web", Assert.Single(Locked).Key);
    }

    [Fact]
    public async Task An_unknown_name_is_wrong_use_and_nothing_is_published()
    {
        var run = (await Project.LadingAsync("publish", "web", "sote")).Failed(FailureKind.Usage);

        Assert.Contains("sote", run.Error);
        Assert.Contains("site", run.Error);
        Assert.All(
            FolderSnapshot.Of(Path.Combine(Repository.Folder, ".lading")),
            file => Assert.StartsWith(".gitignore ", file)
        );
    }

    [Fact]
    public async Task If_one_cannot_be_made_the_lock_stays_as_it_was()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        Repository
            .Write(
                "lading.json",
                Repository.Read("lading.json").Replace("mkdir dist", "echo the reason; echo why >&2; exit 7")
            )
            .Write("src/web/index.html", "<h1>Sale</h1>\n");
        await Repository.CommitAsync("A command that fails");

        var run = (await Project.LadingAsync("publish")).Failed(FailureKind.Failed);

        Assert.Contains("Could not make the files of image site", run.Error);
        Assert.Contains("ended with exit code 7", run.Error);
        Assert.Contains("    the reason\n", run.Error);
        Assert.Contains("    why\n", run.Error);
        Assert.Equal(text, Project.LockText());
        Assert.False(Directory.Exists(Path.Combine(Repository.Folder, ".lading", "work")) && Leftovers().Any());

        IEnumerable<string> Leftovers() =>
            Directory.EnumerateFileSystemEntries(Path.Combine(Repository.Folder, ".lading", "work"));
    }

    [Fact]
    public async Task A_copy_entry_that_matches_nothing_is_an_error_that_names_it()
    {
        Repository.Write(
            "lading.json",
            Repository.Read("lading.json").Replace("\"dist/\": \"/srv/\"", "\"out/*.txt\": \"/srv/\"")
        );
        await Repository.CommitAsync("Another folder");

        var run = (await Project.LadingAsync("publish", "site")).Failed(FailureKind.Usage);

        Assert.Contains("copy entry \"out/*.txt\" matches nothing", run.Error);
    }
}
