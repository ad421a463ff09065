using Lading.Cli;
using Lading.Cli.Commands;
using Lading.Cli.Output;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary>
/// A verb loads only what it uses: no AWS client for local environments, no web server, no drawing library unless it
/// draws.
/// </summary>
public sealed class LoadingWhatIsUsed : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        Repository
            .Write(
                "lading.json",
                """
                { "project": "p", "images": {
                    "web": { "assemble": { "base": "scratch", "copy": { "app/": "/srv/" } } } } }
                """
            )
            .Write("app/index.html", "<p>\n");
        await Repository.CommitAsync("one");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("plan --offline --output json")]
    [InlineData("publish --output json")]
    [InlineData("resolve --output json", "publish --output json")]
    public async Task A_verb_loads_what_it_uses(string line, string? before = null)
    {
        if (before is not null)
        {
            await LoadedByAsync(before);
        }

        var loaded = await LoadedByAsync(line);

        Assert.Contains("lading", loaded);
        Assert.DoesNotContain(loaded, name => name.StartsWith("AWSSDK", StringComparison.Ordinal));
        Assert.DoesNotContain(loaded, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain("Lading.Server", loaded);
        Assert.DoesNotContain("Spectre.Console", loaded);
        if (line == "--version")
        {
            Assert.DoesNotContain("Lading.Aws", loaded);
            Assert.DoesNotContain("System.Net.Http", loaded);
            Assert.DoesNotContain("System.Text.Json", loaded);
        }
    }

    [Fact]
    public void A_verb_is_built_only_when_it_is_called()
    {
        var all = Built();

        Assert.Contains("publish", all);
        Assert.Empty(Built("--version"));
        Assert.All(all, name => Assert.Equal([name], Built(name, "--help")));
        Assert.Equal(all, Built("--help"));
        Assert.Equal(all, Built("--env", "dev", "publish"));
        Assert.Equal(all, Built("publisch"));
    }

    private static List<string> Built(params IReadOnlyList<string> args)
    {
        var host = new Host
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingDirectory = Path.GetTempPath(),
        };
        return [.. Verbs.Root(host, new Terminal(host), args).Subcommands.Select(command => command.Name)];
    }

    private async Task<IReadOnlyList<string>> LoadedByAsync(string line)
    {
        var list = folder.Combine("loaded");
        File.Delete(list);
        var call = new ProgramCall("dotnet", [Path.Combine(AppContext.BaseDirectory, "lading.dll"), .. line.Split(' ')])
        {
            WorkingDirectory = Repository.Folder,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.Variable] = list,
            },
        };
        var result = await ProgramRunner.RunAsync(
            call,
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, $"{call}: {result.Error}");
        return await File.ReadAllLinesAsync(list, TestContext.Current.CancellationToken);
    }
}
