using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Git;

public sealed class SeeingWhatIsUncommitted : IAsyncLifetime
{
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write("a", "a\n").Write("b", "b\n").Write("folder/c d", "c\n");
        await repository.CommitAsync("Files");
    }

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_clean_tree_has_its_commit_its_branch_and_no_changes()
    {
        var status = await StatusAsync();

        Assert.Equal(await Repository.GitAsync("rev-parse", "HEAD"), status.Head.ToString());
        Assert.Equal("main", status.Branch);
        Assert.Empty(status.Changes);
    }

    [Fact]
    public async Task A_detached_head_has_no_branch()
    {
        await Repository.GitAsync("checkout", "--quiet", "--detach");

        Assert.Null((await StatusAsync()).Branch);
    }

    [Fact]
    public async Task Before_the_first_commit_there_is_no_commit()
    {
        await Repository.GitAsync("update-ref", "-d", "HEAD");

        var status = await StatusAsync();

        Assert.Null(status.Head);
        Assert.Equal("main", status.Branch);
        Assert.Equal(["A a", "A b", "A folder/c d"], Lines(status));
    }

    [Fact]
    public async Task Each_kind_of_change_is_reported_with_its_path()
    {
        Repository.Write("a", "changed\n").Write("new folder/ü\n", "not tracked\n").Write("staged", "new\n");
        Repository.Write("gone", "staged, then removed\n");
        await Repository.GitAsync("add", "staged", "gone");
        File.Delete(Path.Combine(Repository.Folder, "gone"));
        await Repository.GitAsync("mv", "folder/c d", "folder/e");
        File.Delete(Path.Combine(Repository.Folder, "b"));
        File.CreateSymbolicLink(Path.Combine(Repository.Folder, "b"), "a");

        Assert.Equal(
            ["? new folder/ü\n", "A folder/e", "A staged", "D folder/c d", "M a", "T b"],
            Lines(await StatusAsync())
        );
    }

    [Fact]
    public async Task A_file_that_only_became_executable_has_changed()
    {
        await Repository.GitAsync("update-index", "--chmod=+x", "a");
        Assert.Equal(["M a"], Lines(await StatusAsync()));
    }

    [Fact]
    public async Task A_conflict_is_reported()
    {
        await Repository.GitAsync("checkout", "--quiet", "-b", "side");
        Repository.Write("a", "side\n");
        await Repository.CommitAsync("Side");
        await Repository.GitAsync("checkout", "--quiet", "main");
        Repository.Write("a", "main\n");
        await Repository.CommitAsync("Main");
        await Assert.ThrowsAnyAsync<Exception>(() => Repository.GitAsync("merge", "--quiet", "side"));

        Assert.Equal(["U a"], Lines(await StatusAsync()));
    }

    [Fact]
    public async Task A_SHA_256_repository_is_read_too()
    {
        using var folder = new TestFolder();
        await Repository.GitAsync("init", "--quiet", "--object-format=sha256", folder.Path);
        await File.WriteAllTextAsync(folder.Combine("a"), "a\n", Cancelled);
        await Repository.GitAsync("-C", folder.Path, "add", "a");
        await Repository.GitAsync("-C", folder.Path, "commit", "--quiet", "--message", "A file");
        var found = await GitRepository.FindAsync(folder.Path, Cancelled);

        var status = await found.GetStatusAsync(Cancelled);
        await using var objects = ObjectReader.Start(found.Git);
        var trees = new TreeReader(objects);
        var root = (await objects.FindAsync("HEAD^{tree}", Cancelled))!.Id;
        await trees.LoadAsync([root], Cancelled);

        Assert.Equal(64, status.Head!.Value.HexLength);
        var file = Assert.Single(trees.List(root));
        Assert.Equal(("a", 64), (file.Path, file.Id.HexLength));
    }

    private async Task<WorkingTreeStatus> StatusAsync() =>
        await (await GitRepository.FindAsync(Repository.Folder, Cancelled)).GetStatusAsync(Cancelled);

    private static IEnumerable<string> Lines(WorkingTreeStatus status) =>
        status.Changes.Select(change => $"{change.Kind} {change.Path}").Order(StringComparer.Ordinal);
}
