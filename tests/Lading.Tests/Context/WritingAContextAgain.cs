using System.Runtime.Versioning;
using Lading.Context;
using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Context;

/// <summary>A context that is written again: only changes are written.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WritingAContextAgain : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string To => folder.Combine("to");

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        for (var i = 0; i < 20; i++)
        {
            repository.Write($"folder/{i % 4}/{i}", $"file {i}\n");
        }

        repository.Write("run.sh", "#!/bin/sh\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "link"), "run.sh");
        await repository.CommitAsync("Files");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_changed_file_is_one_write()
    {
        Assert.Equal(22, await WriteAsync());
        Assert.Equal(0, await WriteAsync());
        Repository.Write("folder/1/1", "changed\n");
        await Repository.CommitAsync("Changed");
        var before = Written();

        Assert.Equal(1, await WriteAsync());

        Assert.Equal("changed\n", await File.ReadAllTextAsync(Path.Combine(To, "folder/1/1"), Cancelled));
        Assert.Equal(["folder/1/1"], Written().Except(before).Select(entry => entry.Path));
        await AssertAsWrittenAnewAsync();
    }

    [Fact]
    public async Task Removed_moved_and_replaced_files_are_updated()
    {
        await WriteAsync();
        await Repository.GitAsync("mv", "folder/1/1", "folder/moved");
        await Repository.GitAsync("rm", "--quiet", "-r", "folder/2");
        await Repository.GitAsync("rm", "--quiet", "link", "folder/3/3", "folder/0/0");
        await Repository.GitAsync("update-index", "--chmod=+x", "run.sh");
        await Repository.GitAsync("commit", "--quiet", "--message", "Changed");
        await Repository.GitAsync("checkout", "--quiet", "--force", "HEAD");
        Repository.Write("link/is", "a folder\n").Write("folder/2", "a file\n");
        File.CreateSymbolicLink(Path.Combine(Repository.Folder, "folder/3/3"), "7");
        File.CreateSymbolicLink(Path.Combine(Repository.Folder, "folder/0/0"), "../1");
        await Repository.CommitAsync("More");

        Assert.Equal(6, await WriteAsync());
        await AssertAsWrittenAnewAsync();
        Assert.Equal(0, await WriteAsync());
    }

    [Theory]
    [InlineData("folder/1/1", "meddled\n")]
    [InlineData("folder/1/1", "file 2\n")]
    [InlineData("stranger", "stranger\n")]
    [InlineData("folder/stranger/deep", "stranger\n")]
    public async Task A_file_written_by_others_is_corrected(string path, string content)
    {
        await WriteAsync();
        var full = Path.Combine(To, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, content, Cancelled);

        await WriteAsync();

        await AssertAsWrittenAnewAsync();
    }

    [Fact]
    public async Task An_interrupted_context_is_written_again()
    {
        await WriteAsync();
        File.Delete(To + ".files");

        Assert.Equal(21, await WriteAsync());
        await AssertAsWrittenAnewAsync();
    }

    [Fact]
    public async Task A_link_that_leads_outside_is_not_followed()
    {
        await WriteAsync();
        var outside = Directory.CreateDirectory(folder.Combine("outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "precious"), "precious\n", Cancelled);
        Directory.Delete(Path.Combine(To, "folder"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(To, "folder"), outside);
        Directory.CreateSymbolicLink(Path.Combine(To, "stranger"), outside);

        await WriteAsync();

        Assert.Equal("precious", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(outside))));
        await AssertAsWrittenAnewAsync();
    }

    [Fact]
    public void Two_builds_at_once_have_separate_folders()
    {
        using var one = ReservedFolder.Take(folder.Combine("kept"), "web", folder.Combine("first"));
        using (var other = ReservedFolder.Take(folder.Combine("kept"), "web", folder.Combine("second")))
        {
            Assert.Equal(folder.Combine("kept/web"), one.Folder);
            Assert.Equal(folder.Combine("second"), other.Folder);
        }

        one.Dispose();
        using var next = ReservedFolder.Take(folder.Combine("kept"), "web", folder.Combine("third"));
        Assert.Equal(folder.Combine("kept/web"), next.Folder);
    }

    private async Task AssertAsWrittenAnewAsync()
    {
        var written = Written();
        var fresh = folder.Combine("fresh");
        await WriteAsync(fresh);
        Assert.Equal(
            Entries(fresh).Select(entry => entry with { Time = default }),
            written.Select(entry => entry with { Time = default })
        );
        Assert.All(
            written,
            entry => Assert.Equal(CleanCheckout.FileTime, File.GetLastWriteTimeUtc(Path.Combine(To, entry.Path)))
        );
        Directory.Delete(fresh, recursive: true);
        File.Delete(fresh + ".files");
    }

    private IReadOnlyList<Entry> Written() => Entries(To);

    /// <summary>
    /// All files except links, which have times of their own; the time is that of the last write or change of mode.
    /// </summary>
    private static List<Entry> Entries(string top, string within = "")
    {
        var entries = new List<Entry>();
        foreach (
            var info in new DirectoryInfo(Path.Combine(top, within))
                .GetFileSystemInfos()
                .OrderBy(one => one.Name, StringComparer.Ordinal)
        )
        {
            var path = Path.Combine(within, info.Name);
            if (info is DirectoryInfo { LinkTarget: null })
            {
                entries.AddRange(Entries(top, path));
            }
            else if (info.LinkTarget is null)
            {
                entries.Add(
                    new Entry(path, File.ReadAllText(info.FullName), info.UnixFileMode, Changed(info.FullName))
                );
            }
        }

        return entries;
    }

    /// <summary>
    /// The change time and number of the file's inode, which nobody can set: they differ if the file is written again.
    /// </summary>
    private static string Changed(string path)
    {
        using var stat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["--format=%z %i", path])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        return stat.StandardOutput.ReadToEnd();
    }

    private async Task<int> WriteAsync(string? to = null)
    {
        var found = await GitRepository.FindAsync(Repository.Folder, Cancelled);
        await using var objects = ObjectReader.Start(found.Git);
        var trees = new TreeReader(objects);
        var root = (await objects.FindAsync("HEAD^{tree}", Cancelled))!.Id;
        await trees.LoadAsync([root], Cancelled);
        var files = new RepositoryFiles(found, objects, "HEAD", folder.Combine("scratch"));
        return await files.WriteAsync("", trees.List(root), _ => true, to ?? To, Cancelled);
    }

    private sealed record Entry(string Path, string Content, UnixFileMode Mode, string? Time);
}
