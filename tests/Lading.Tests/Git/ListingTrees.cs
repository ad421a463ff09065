using Lading.Git;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Git;

public sealed class ListingTrees : IAsyncLifetime
{
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => repository = await TestRepository.CreateAsync();

    public ValueTask DisposeAsync()
    {
        repository?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Lists_what_git_lists_in_the_order_of_git()
    {
        foreach (
            var path in (string[])
                ["foo/a", "foo-bar", "foo.d/x", "foo0", "Foo", "ü/é", "a b/c\td", "deep/er/and/deeper"]
        )
        {
            Repository.Write(path, path);
        }

        File.CreateSymbolicLink(Path.Combine(Repository.Folder, "link"), "nowhere");
        await Repository.GitAsync("add", "--all");
        await Repository.GitAsync("update-index", "--chmod=+x", "foo0");
        var blob = await Repository.GitAsync("rev-parse", ":foo0");
        await Repository.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{new string('c', 40)},module");
        await WriteOddNameAsync(blob);

        var listed = await ListAsync("HEAD^{tree}");

        Assert.Equal(await GitListAsync("HEAD"), listed);
        Assert.Contains(listed, line => line.StartsWith("160000 ", StringComparison.Ordinal));
        Assert.Contains(listed, line => line.Contains('\uDCFF'));
    }

    [Fact]
    public async Task A_tree_that_several_roots_share_is_in_each()
    {
        Repository.Write("one/shared/x", "x\n").Write("two/shared/x", "x\n").Write("two/y", "y\n");
        await Repository.CommitAsync("Files");

        Assert.Equal(["shared/x"], await PathsAsync("HEAD:one"));
        Assert.Equal(["shared/x", "y"], await PathsAsync("HEAD:two"));
    }

    [Fact]
    public async Task A_missing_tree_is_an_error_that_names_it()
    {
        await using var objects = ObjectReader.Start(new GitProgram(Repository.Folder));
        var missing = ObjectId.Parse(new string('b', 40));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            new TreeReader(objects).LoadAsync([missing], Cancelled)
        );

        Assert.Contains($"tree {missing} is not in it", failure.Message);
    }

    [Fact]
    public async Task A_missing_tree_does_not_affect_the_others()
    {
        Repository.Write("one/a", "a\n").Write("two/b", "b\n");
        await Repository.CommitAsync("Files");
        await using var objects = ObjectReader.Start(new GitProgram(Repository.Folder));
        var blob = (await objects.FindAsync("HEAD:one/a", Cancelled))!.Id;
        var (one, two) = (await IdAsync("HEAD:one"), await IdAsync("HEAD:two"));
        var trees = new TreeReader(objects);
        await trees.LoadAsync([one], Cancelled);

        foreach (var bad in new[] { ObjectId.Parse(new string('b', 40)), blob })
        {
            await Assert.ThrowsAsync<LadingException>(() => trees.LoadAsync([bad, two], Cancelled));
        }

        await trees.LoadAsync([two], Cancelled);
        Assert.Equal("a", trees.List(one)[0].Path);
        Assert.Equal("b", trees.List(two)[0].Path);
        var file = await objects.FindAsync("HEAD:two/b", Cancelled);
        Assert.Equal("b\n", GitPath.Decode(file!.Content));

        async Task<ObjectId> IdAsync(string name) => (await objects.FindAsync(name, Cancelled))!.Id;
    }

    /// <summary>
    /// Commits the index plus a file whose name is not UTF-8. Not every file system allows such names.
    /// </summary>
    private async Task WriteOddNameAsync(string blob)
    {
        var tree = await Repository.GitAsync("write-tree");
        var entries = await RunAsync("ls-tree", "-z", tree);
        byte[] odd = [.. System.Text.Encoding.ASCII.GetBytes($"100644 blob {blob}\tz"), 0xFF, 0];
        var made = await ProgramRunner.RunAsync(
            new ProgramCall("git", "-C", Repository.Folder, "mktree", "-z"),
            (byte[])[.. entries, .. odd],
            Cancelled
        );
        Assert.True(made.ExitCode == 0, made.Error);
        var commit = await Repository.GitAsync("commit-tree", "-m", "Files", made.Text);
        await Repository.GitAsync("update-ref", "HEAD", commit);
    }

    private async Task<IReadOnlyList<string>> PathsAsync(string name) =>
        [.. (await ListAsync(name)).Select(line => line.Split('\t', 2)[1])];

    private async Task<IReadOnlyList<string>> ListAsync(string name)
    {
        await using var objects = ObjectReader.Start(new GitProgram(Repository.Folder));
        var trees = new TreeReader(objects);
        var root = (await objects.FindAsync(name, Cancelled))!.Id;
        await trees.LoadAsync([root], Cancelled);
        return [.. trees.List(root).Select(file => $"{GitPath.Decode(file.Mode.Octal())} {file.Id}\t{file.Path}")];
    }

    private async Task<IReadOnlyList<string>> GitListAsync(string name)
    {
        var text = GitPath.Decode(await RunAsync("ls-tree", "-r", "-z", name));
        return
        [
            .. text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t', 2))
                .Select(parts => $"{parts[0].Split(' ')[0]} {parts[0].Split(' ')[2]}\t{parts[1]}"),
        ];
    }

    private async Task<byte[]> RunAsync(params IReadOnlyList<string> arguments)
    {
        var call = new ProgramCall("git", ["-C", Repository.Folder, .. arguments]);
        var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Cancelled);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.ToArray();
    }
}
