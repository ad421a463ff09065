using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Git;

/// <summary>The working tree as a git tree: what <c>git add --all</c> would commit, whatever state index and files are in.</summary>
public sealed class TakingTheWorkingTree : IAsyncLifetime
{
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write("file", "1\n")
            .Write("gone", "1\n")
            .Write("kept", "1\n")
            .Write("folder/a", "1\n")
            .Write("folder/b", "1\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "link"), "file");
        await repository.CommitAsync("Files");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Changed_new_and_deleted_files_are_as_they_are()
    {
        Repository.Write("file", "2\n").Write("new/ name\nof two lines", "1\n");
        Delete("gone");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task What_is_staged_counts_no_more_than_what_is_there()
    {
        Repository.Write("file", "2\n").Write("staged and gone", "1\n").Write("staged and changed", "1\n");
        await Repository.GitAsync("add", "--all");
        await Repository.GitAsync("rm", "--quiet", "--cached", "kept");
        Repository.Write("file", "3\n").Write("staged and changed", "2\n");
        Delete("staged and gone");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task A_file_added_and_deleted_again_is_the_only_change_and_none()
    {
        Repository.Write("staged and gone", "1\n").Write("new", "1\n");
        await Repository.GitAsync("add", "staged and gone");
        Delete("staged and gone");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Files_become_folders_and_folders_files()
    {
        Delete("file");
        Directory.Delete(Path.Combine(Repository.Folder, "folder"), recursive: true);
        Repository.Write("file/in it", "1\n").Write("folder", "1\n");
        Delete("link");
        Repository.Write("link", "no link any more\n");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task A_conflict_is_what_the_file_says_and_a_mode_is_a_change()
    {
        await Repository.RunAsync("checkout --quiet -b other");
        Repository.Write("file", "theirs\n");
        await Repository.CommitAsync("Theirs");
        await Repository.RunAsync("checkout --quiet main");
        Repository.Write("file", "ours\n");
        await Repository.CommitAsync("Ours");
        await Assert.ThrowsAnyAsync<Exception>(() => Repository.RunAsync("merge other"));
        if (!OperatingSystem.IsWindows())
        {
            var kept = Path.Combine(Repository.Folder, "kept");
            File.SetUnixFileMode(kept, File.GetUnixFileMode(kept) | UnixFileMode.UserExecute);
        }

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Before_the_first_commit_it_is_all_that_is_there()
    {
        using var empty = await TestRepository.CreateAsync();
        empty.Write("a", "1\n").Write("b/c", "1\n");

        await AssertAsGitAddsAllAsync(empty);
    }

    [Fact]
    public async Task A_repository_within_counts_by_its_commit()
    {
        await Repository.RunAsync("init --quiet --initial-branch=main inner");
        Repository.Write("inner/a", "1\n");
        await Repository.RunAsync("-C inner add --all");
        await Repository.RunAsync("-C inner commit --quiet --message Inner");

        await AssertAsGitAddsAllAsync();
    }

    private Task AssertAsGitAddsAllAsync() => AssertAsGitAddsAllAsync(Repository);

    private static async Task AssertAsGitAddsAllAsync(TestRepository repository)
    {
        var found = await GitRepository.FindAsync(repository.Folder, Cancelled);
        var status = await found.GetStatusAsync(Cancelled);
        var before = await repository.RunAsync("status --porcelain=v2");
        var scratch = Path.Combine(repository.Folder, ".git", "scratch");
        string taken;
        using (var snapshot = await WorkingTreeSnapshot.TakeAsync(found, status.Paths, scratch, Cancelled))
        {
            taken = snapshot.Tree.ToString();
        }

        Assert.Equal(before, await repository.RunAsync("status --porcelain=v2"));
        Assert.False(Directory.Exists(scratch));
        await repository.RunAsync("-c advice.addEmbeddedRepo=false add --all");
        Assert.Equal(await repository.RunAsync("write-tree"), taken);
    }

    private void Delete(string path) => File.Delete(Path.Combine(Repository.Folder, path));
}
