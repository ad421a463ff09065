using System.Runtime.Versioning;
using Lading.Context;
using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Context;

/// <summary>What an engine or a command sees: exactly the listed files, the same on every machine.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WritingACleanContext : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write("run.sh", "#!/bin/sh\n").Write("deep/er/a b", "text\r\n").Write("empty", "");
        repository.Write("large", new string('x', 300_000));
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "deep/link"), "er/a b");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "deep/broken"), "/nowhere/at all");
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("update-index", "--chmod=+x", "run.sh");
        await repository.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{new string('c', 40)},module");
        await repository.GitAsync("commit", "--quiet", "--message", "Files");
        repository.Write("run.sh", "changed, and not committed\n").Write("untracked", "not tracked\n");
    }

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_has_exactly_the_files_of_the_commit_byte_for_byte()
    {
        await WriteAsync(await ListAsync());

        Assert.Equal(
            ["deep/broken", "deep/er/a b", "deep/link", "empty", "large", "run.sh"],
            FolderEntries().Where(path => !Directory.Exists(folder.Combine("to/" + path)))
        );
        Assert.Equal("#!/bin/sh\n", await ReadAsync("run.sh"));
        Assert.Equal("text\r\n", await ReadAsync("deep/er/a b"));
        Assert.Equal("", await ReadAsync("empty"));
        Assert.Equal(300_000, (await ReadAsync("large")).Length);
        Assert.Equal("er/a b", new FileInfo(folder.Combine("to/deep/link")).LinkTarget);
        Assert.Equal("/nowhere/at all", new FileInfo(folder.Combine("to/deep/broken")).LinkTarget);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Combine("to/module")));
    }

    [Fact]
    public async Task Modes_and_times_do_not_depend_on_the_writer()
    {
        await WriteAsync(await ListAsync());

        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Assert.Equal(Read | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("to/large")));
        Assert.Equal(Read | Run | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("to/run.sh")));
        Assert.All(
            new[] { "to/deep", "to/deep/er", "to/module" },
            path => Assert.Equal(Read | Run | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine(path)))
        );
        Assert.All(
            new[] { "to/large", "to/run.sh", "to/deep/er/a b" },
            path =>
                Assert.Equal(
                    new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                    File.GetLastWriteTimeUtc(folder.Combine(path))
                )
        );
    }

    [Fact]
    public async Task Only_what_is_listed_is_written()
    {
        var files = await ListAsync();

        await WriteAsync([.. files.Where(file => file.Path == "deep/er/a b")]);

        Assert.Equal(["deep", "deep/er", "deep/er/a b"], FolderEntries());
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/absolute")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData(".git/hooks/post-checkout")]
    [InlineData("a/.GIT/config")]
    public async Task A_path_that_leads_elsewhere_is_refused_before_anything_is_written(string path)
    {
        var files = await ListAsync();
        var hostile = files[0] with { Path = path };

        var failure = await Assert.ThrowsAsync<LadingException>(() => WriteAsync([files[1], hostile]));

        Assert.Contains("a path that cannot be a file here", failure.Message);
        Assert.Empty(FolderEntries());
    }

    [Fact]
    public Task A_name_that_is_not_UTF_8_is_refused_too() =>
        A_path_that_leads_elsewhere_is_refused_before_anything_is_written($"odd{(char)0xDCFF}name");

    [Fact]
    public async Task No_file_is_written_through_a_link()
    {
        // No commit made with git has both, but a hostile one may.
        var files = await ListAsync();
        var outside = Directory.CreateDirectory(folder.Combine("outside")).FullName;
        Repository.Write("target", outside);
        var blob = await Repository.GitAsync("hash-object", "-w", "target");
        var link = new TreeEntry(EntryMode.SymbolicLink, ObjectId.Parse(blob.TrimEnd()), "evil");
        var file = files.First(file => file.Path == "run.sh") with { Path = "evil/run.sh" };

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync([link, file]));

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    private async Task<IReadOnlyList<TreeEntry>> ListAsync()
    {
        await using var objects = ObjectReader.Start(new GitProgram(Repository.Folder));
        var trees = new TreeReader(objects);
        var root = (await objects.FindAsync("HEAD^{tree}", Cancelled))!.Id;
        await trees.LoadAsync([root], Cancelled);
        return trees.List(root);
    }

    private async Task WriteAsync(IReadOnlyList<TreeEntry> files)
    {
        await using var objects = ObjectReader.Start(new GitProgram(Repository.Folder));
        await CleanCheckout.WriteAsync(objects, files, folder.Combine("to"), Cancelled);
    }

    private Task<string> ReadAsync(string path) => File.ReadAllTextAsync(folder.Combine("to/" + path), Cancelled);

    private IEnumerable<string> FolderEntries() =>
        Directory.Exists(folder.Combine("to"))
            ? Directory
                .EnumerateFileSystemEntries(folder.Combine("to"), "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder.Combine("to"), path))
                .Order(StringComparer.Ordinal)
            : [];
}
