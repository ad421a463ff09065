using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Git;

/// <summary>The working tree as a git tree, leaving no trace in the user's repository.</summary>
public sealed class TakingASnapshot : IAsyncLifetime
{
    private readonly TestFolder scratch = new();
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write(".gitignore", "*.log\n")
            .Write("a", "a\n")
            .Write("b", "b\n")
            .Write("folder/c", "c\n")
            .Write("tracked.log", "ignored, and tracked all the same\n");
        await repository.GitAsync("add", "--all", "--force");
        await repository.CommitAsync("Files");
    }

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_snapshot_is_the_tree_of_committing_everything()
    {
        await DisturbAsync();

        using var snapshot = await TakeAsync();

        await Repository.CommitAsync("Everything");
        Assert.Equal(await Repository.GitAsync("rev-parse", "HEAD^{tree}"), snapshot.Tree.ToString());
    }

    [Fact]
    public async Task Objects_of_the_snapshot_and_of_the_repository_can_be_read()
    {
        Repository.Write("new", "only here\n");
        using var snapshot = await TakeAsync();
        await using var objects = ObjectReader.Start(snapshot.Git);

        var found = await objects.FindAllAsync([$"{snapshot.Tree}:./new", $"{snapshot.Tree}:./a", "HEAD:a"], Cancelled);

        Assert.Equal(
            ["only here\n", "a\n", "a\n"],
            found.Select(item => System.Text.Encoding.UTF8.GetString(item!.Content))
        );
    }

    [Fact]
    public async Task The_users_index_objects_stash_and_files_are_untouched()
    {
        await DisturbAsync();
        var (status, files) = (await StatusAsync(), FolderSnapshot.OfContents(Repository.Folder));

        (await TakeAsync()).Dispose();

        Assert.Equal(files, FolderSnapshot.OfContents(Repository.Folder));
        Assert.Equal(status, await StatusAsync());
        Assert.Equal("", await Repository.GitAsync("stash", "list"));
    }

    [Fact]
    public async Task A_snapshot_leaves_nothing_behind()
    {
        Repository.Write("new", "only here\n");
        var folder = scratch.Combine("snapshot");

        using (await TakeAsync(folder))
        {
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
        Assert.Equal("", await Repository.GitAsync("fsck", "--unreachable"));
    }

    [Fact]
    public async Task A_snapshot_from_a_subfolder_is_the_whole_tree()
    {
        Repository.Write("new", "at the top\n");
        using var fromTop = await TakeAsync();
        var within = await GitRepository.FindAsync(Path.Combine(Repository.Folder, "folder"), Cancelled);

        using var fromFolder = await TakeAsync(within, scratch.Combine("other"));

        Assert.Equal(fromTop.Tree, fromFolder.Tree);
        Assert.Equal("folder/", within.Prefix);
    }

    [Fact]
    public async Task The_snapshot_of_a_linked_worktree_is_its_own()
    {
        var linked = scratch.Combine("linked");
        await Repository.GitAsync("worktree", "add", "--quiet", "-b", "side", linked);
        await File.WriteAllTextAsync(Path.Combine(linked, "a"), "on the side\n", Cancelled);
        var side = await GitRepository.FindAsync(linked, Cancelled);

        using var snapshot = await TakeAsync(side, scratch.Combine("snapshot"));

        await Repository.GitAsync("-C", linked, "commit", "--quiet", "--all", "--message", "Side");
        Assert.Equal(await Repository.GitAsync("rev-parse", "side^{tree}"), snapshot.Tree.ToString());
    }

    private async Task DisturbAsync()
    {
        await Repository.GitAsync("mv", "folder/c", "folder/d");
        Repository.Write("a", "staged\n");
        await Repository.GitAsync("add", "a");
        Repository
            .Write("a", "and changed again\n")
            .Write("b b", "not tracked\n")
            .Write("x.log", "ignored\n")
            .Write("tracked.log", "changed\n");
        await Repository.GitAsync("add", "--intent-to-add", "b b");
        File.Delete(Path.Combine(Repository.Folder, "b"));
        File.CreateSymbolicLink(Path.Combine(Repository.Folder, "link"), "a");
    }

    private async Task<Taken> TakeAsync(string? folder = null) =>
        await TakeAsync(
            await GitRepository.FindAsync(Repository.Folder, Cancelled),
            folder ?? scratch.Combine("snapshot")
        );

    private static async Task<Taken> TakeAsync(GitRepository found, string folder)
    {
        var status = await found.GetStatusAsync(Cancelled);
        var store = await WorkingTreeSnapshot.PrepareAsync(found, folder, Cancelled);
        await using var objects = ObjectReader.Start(store.Git);
        return new Taken(store, await store.WriteAsync(found.Top, objects, status, Cancelled));
    }

    private Task<string> StatusAsync() => Repository.GitAsync("--no-optional-locks", "status", "--porcelain=v2");

    private sealed record Taken(WorkingTreeSnapshot Store, ObjectId Tree) : IDisposable
    {
        public GitProgram Git => Store.Git;

        public void Dispose() => Store.Dispose();
    }
}
