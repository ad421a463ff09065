using System.CommandLine.Parsing;
using System.Text;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>A real git repository in a folder of its own, with a fixed author and clock.</summary>
internal sealed class TestRepository : IDisposable
{
    private int commits;

    private TestRepository(string folder) => Folder = folder;

    /// <summary>The top of the working tree.</summary>
    public string Folder { get; }

    public static async Task<TestRepository> CreateAsync()
    {
        var repository = new TestRepository(Directory.CreateTempSubdirectory("lading-git-").FullName);
        await repository.GitAsync("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    /// <summary>Writes a file, with the folders above it.</summary>
    public TestRepository Write(string path, string content)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Commits the whole working tree.</summary>
    /// <returns>The commit's hash.</returns>
    public async Task<string> CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    /// <summary>
    /// Runs git, written as on a command line: <c>git.RunAsync("commit --message \"Faster search\"")</c>.
    /// </summary>
    public Task<string> RunAsync(string command) => GitAsync([.. CommandLineParser.SplitCommandLine(command)]);

    /// <summary>Clones it into a folder of its own, with only the last commit of the current branch.</summary>
    public async Task<TestRepository> CloneShallowAsync()
    {
        var clone = new TestRepository(Directory.CreateTempSubdirectory("lading-git-").FullName);
        await clone.GitAsync("clone", "--quiet", "--depth", "1", $"file://{Folder}", ".");
        return clone;
    }

    /// <summary>Runs git, which must succeed, and returns its output.</summary>
    public async Task<string> GitAsync(params IReadOnlyList<string> arguments)
    {
        var date = $"2026-01-01T00:00:{commits++ % 60:00}Z";
        var call = new ProgramCall("git", arguments)
        {
            WorkingDirectory = Folder,
            Environment = new Dictionary<string, string?>
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["GIT_AUTHOR_NAME"] = "Author",
                ["GIT_AUTHOR_EMAIL"] = "author@example.com",
                ["GIT_AUTHOR_DATE"] = date,
                ["GIT_COMMITTER_NAME"] = "Author",
                ["GIT_COMMITTER_EMAIL"] = "author@example.com",
                ["GIT_COMMITTER_DATE"] = date,
            },
        };
        var result = await ProgramRunner.RunAsync(
            call,
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, $"{call}: {result.Error}");
        return result.Text;
    }

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            // git's objects are read-only, and Windows does not delete read-only files.
            foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                file.Attributes = FileAttributes.Normal;
            }
        }

        Directory.Delete(Folder, recursive: true);
    }
}
