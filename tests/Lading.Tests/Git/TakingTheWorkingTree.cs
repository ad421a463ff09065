using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Git;

/// <summary>
/// The working tree as a git tree: what <c>git add --all</c> would commit, whatever the state of index and files.
/// </summary>
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
    public async Task Changed_new_and_deleted_files_are_taken_as_they_are()
    {
        Repository.Write("file", "2\n").Write("new/ name\nof two lines", "1\n");
        Delete("gone");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Staged_files_count_as_those_in_the_working_tree()
    {
        Repository.Write("file", "2\n").Write("staged and gone", "1\n").Write("staged and changed", "1\n");
        await Repository.GitAsync("add", "--all");
        await Repository.GitAsync("rm", "--quiet", "--cached", "kept");
        Repository.Write("file", "3\n").Write("staged and changed", "2\n");
        Delete("staged and gone");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task A_file_that_was_added_and_deleted_again_is_left_out()
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
    public async Task A_conflict_is_taken_as_the_file_has_it_and_a_mode_is_a_change()
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
    public async Task Before_the_first_commit_every_file_is_taken()
    {
        using var empty = await TestRepository.CreateAsync();
        empty.Write("a", "1\n").Write("b/c", "1\n");

        await AssertAsGitAddsAllAsync(empty);
    }

    [Fact]
    public async Task A_nested_repository_counts_by_its_commit()
    {
        await Repository.RunAsync("init --quiet --initial-branch=main inner");
        Repository.Write("inner/a", "1\n");
        await Repository.RunAsync("-C inner add --all");
        await Repository.RunAsync("-C inner commit --quiet --message Inner");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Files_whose_changes_git_ignores_are_taken_from_the_index()
    {
        await Repository.GitAsync("update-index", "--assume-unchanged", "kept");
        await Repository.GitAsync("update-index", "--skip-worktree", "gone");
        Repository.Write("kept", "2\n").Write("gone", "2\n").Write("file", "2\n");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Ignored_files_are_left_out_unless_they_are_tracked()
    {
        Repository.Write(".gitignore", "*.log\nfile\nfolder/\n").Write("x.log", "1\n").Write("y.log", "1\n");
        await Repository.GitAsync("add", "--force", "y.log");
        Repository.Write("y.log", "2\n").Write("file", "2\n").Write("folder/a", "2\n").Write("folder/new", "1\n");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Files_may_be_renamed_added_with_intent_or_turned_into_links()
    {
        await Repository.GitAsync("mv", "file", "moved");
        await Repository.GitAsync("mv", "folder", "other folder");
        Repository.Write("moved", "and changed\n").Write("meant", "1\n").Write("meant and gone", "1\n");
        await Repository.GitAsync("add", "--intent-to-add", "meant", "meant and gone");
        Delete("meant and gone");
        Delete("kept");
        File.CreateSymbolicLink(Path.Combine(Repository.Folder, "kept"), "moved");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Each_kind_of_conflict_has_the_content_of_the_working_tree()
    {
        await Repository.RunAsync("checkout --quiet -b other");
        Repository.Write("file", "theirs\n").Write("both", "theirs\n").Write("folder/a", "theirs\n");
        Delete("kept");
        await Repository.CommitAsync("Theirs");
        await Repository.RunAsync("checkout --quiet main");
        Repository.Write("file", "ours\n").Write("both", "ours\n").Write("kept", "ours\n");
        Delete("folder/a");
        await Repository.CommitAsync("Ours");
        await Assert.ThrowsAnyAsync<Exception>(() => Repository.RunAsync("merge other"));
        Assert.Equal(4, (await Repository.RunAsync("diff --name-only --diff-filter=U")).Split('\n').Length);

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Folders_and_files_change_places()
    {
        Delete("file");
        Repository.Write("file/now/a folder", "1\n");
        await Repository.RunAsync("rm -r --quiet --cached folder");
        Directory.Delete(Path.Combine(Repository.Folder, "folder"), recursive: true);
        Repository.Write("folder", "now a file\n");

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task A_folder_or_everything_may_be_deleted()
    {
        Directory.Delete(Path.Combine(Repository.Folder, "folder"), recursive: true);
        await AssertAsGitAddsAllAsync();

        foreach (var path in (await Repository.RunAsync("ls-files")).Split('\n'))
        {
            Delete(path);
        }

        await AssertAsGitAddsAllAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public async Task Line_endings_and_modes_follow_the_index(int others)
    {
        await Repository.RunAsync("config core.autocrlf false");
        Repository.Write("windows", "1\r\n2\r\n").Write("unix", "1\n2\n").Write("w,ind ows", "1\r\n2\r\n");
        for (var i = 0; i < others; i++)
        {
            Repository.Write($"windows{i}", "1\r\n2\r\n");
        }

        await Repository.CommitAsync("As they are");
        await Repository.RunAsync("config core.autocrlf true");
        await Repository.RunAsync("config core.fileMode false");
        await Repository.RunAsync("update-index --chmod=+x unix");
        Repository.Write("windows", "1\r\n3\r\n").Write("unix", "1\r\n3\r\n").Write("new", "1\r\n");
        Repository.Write("w,ind ows", "1\r\n3\r\n");
        for (var i = 0; i < others; i++)
        {
            Repository.Write($"windows{i}", $"1\r\n{i}\r\n");
        }

        await AssertAsGitAddsAllAsync();
    }

    [Fact]
    public async Task Any_mess_is_taken_as_git_would_add_it()
    {
        var random = new Random(20261121);
        string[] paths = ["file", "gone", "kept", "folder/a", "folder/b", "folder/c", "new", "deep/er/new", "x.log"];
        Repository.Write(".gitignore", "*.log\n");
        for (var step = 0; step < 60; step++)
        {
            var path = paths[random.Next(paths.Length)];
            var full = Path.Combine(Repository.Folder, path);
            switch (random.Next(7))
            {
                case 0 when File.Exists(full):
                    Delete(path);
                    break;
                case 1 when File.Exists(full):
                    await Repository.GitAsync("add", "--force", path);
                    break;
                case 2 when File.Exists(full):
                    await Repository.GitAsync("add", "--intent-to-add", "--force", path);
                    break;
                case 3:
                    await Repository.GitAsync("rm", "--quiet", "--cached", "--ignore-unmatch", path);
                    break;
                case 4 when File.Exists(full) && !OperatingSystem.IsWindows():
                    File.SetUnixFileMode(full, File.GetUnixFileMode(full) ^ UnixFileMode.UserExecute);
                    break;
                case 5 when step % 10 == 0:
                    await Repository.CommitAsync($"Step {step}");
                    break;
                default:
                    Repository.Write(path, $"{random.Next(3)}\n");
                    break;
            }

            if (step % 6 == 5)
            {
                await AssertAsGitAddsAllAsync(keepsIndex: true);
            }
        }
    }

    private async Task AssertAsGitAddsAllAsync(bool keepsIndex)
    {
        var index = Path.Combine(Repository.Folder, ".git/index");
        var before = await File.ReadAllBytesAsync(index, Cancelled);
        await AssertAsGitAddsAllAsync();
        if (keepsIndex)
        {
            await File.WriteAllBytesAsync(index, before, Cancelled);
        }
    }

    private Task AssertAsGitAddsAllAsync() => AssertAsGitAddsAllAsync(Repository);

    private static async Task AssertAsGitAddsAllAsync(TestRepository repository)
    {
        var found = await GitRepository.FindAsync(repository.Folder, Cancelled);
        var status = await found.GetStatusAsync(Cancelled);
        var before = await repository.RunAsync("status --porcelain=v2");
        var scratch = Path.Combine(repository.Folder, ".git", "scratch");
        string taken;
        using (var store = await WorkingTreeSnapshot.PrepareAsync(found, scratch, Cancelled))
        {
            await using var objects = ObjectReader.Start(store.Git);
            taken = (await store.WriteAsync(found.Top, objects, status, Cancelled)).ToString();
        }

        Assert.Equal(before, await repository.RunAsync("status --porcelain=v2"));
        Assert.False(Directory.Exists(scratch));
        await repository.RunAsync("-c advice.addEmbeddedRepo=false add --all");
        Assert.Equal(await repository.RunAsync("write-tree"), taken);
    }

    private void Delete(string path) => File.Delete(Path.Combine(Repository.Folder, path));
}
