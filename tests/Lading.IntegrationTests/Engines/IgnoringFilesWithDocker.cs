using System.Formats.Tar;
using System.Globalization;
using System.Runtime.Versioning;
using Lading.Git;
using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Ignoring;

namespace Lading.IntegrationTests.Engines;

/// <summary>
/// The table of ignore files matches real engines: a few of its cases, different ones each time, are built again. With
/// LADING_WRITE_IGNORE_CASES=1, all are built, and the table is written again: with a client from version 23 on, what
/// it keeps; with an earlier one, what that keeps if it differs.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class IgnoringFilesWithDocker(ContainerEngines engines) : IDisposable
{
    private const int Sample = 8;
    private readonly TestFolder folder = new();
    private bool hasBuildKit;
    private bool isOlder;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Some_cases_of_the_table_still_build_as_recorded()
    {
        await engines.RequireAsync("docker");
        var version = await ContainerEngines.RunAsync("docker", "version", "--format", "{{.Client.Version}}");
        var hasBuildx = await HasBuildxAsync();
        isOlder = !hasBuildx && int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture) < 23;
        hasBuildKit = hasBuildx || isOlder;
        var table = IgnoreTable.Read();
        foreach (var (name, files) in table.Trees)
        {
            WriteTree(name, files);
        }

        if (Environment.GetEnvironmentVariable("LADING_WRITE_IGNORE_CASES") == "1")
        {
            var cases = new List<IgnoreCase>();
            foreach (var one in table.Cases)
            {
                var kept = await BuildAsync(one);
                cases.Add(
                    !isOlder ? one with { Kept = kept }
                    : kept.SequenceEqual(one.Kept) ? one with { Older = null }
                    : one with { Older = kept }
                );
            }

            (table with { Cases = cases }).Write();
            return;
        }

        var seed = Environment.TickCount;
        foreach (var one in new Random(seed).GetItems([.. table.Cases], Sample))
        {
            var expected =
                isOlder ? one.Older ?? one.Kept
                : hasBuildx ? table.Match(one)
                : one.Kept;
            Assert.Equal(expected, await BuildAsync(one));
        }
    }

    /// <summary>The files that reach the engine.</summary>
    private async Task<IReadOnlyList<string>> BuildAsync(IgnoreCase one)
    {
        var context = folder.Combine(one.Tree);
        await File.WriteAllTextAsync(Path.Combine(context, ".dockerignore"), one.Ignore, Cancelled);
        var output = folder.Combine("output.tar");
        File.Delete(output);
        return await (hasBuildKit ? BuildKitAsync(context, output) : ClassicAsync(context, output))
            ? await ReadAsync(output)
            : IgnoreCase.Refused;
    }

    private async Task<bool> BuildKitAsync(string context, string output)
    {
        var dockerfile = folder.Combine("Dockerfile");
        await File.WriteAllTextAsync(dockerfile, "FROM scratch\nCOPY . /context/\n", Cancelled);
        var call = Docker("1", "build", "--file", dockerfile, "--output", $"type=tar,dest={output}", context);
        return HasBuilt(await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Cancelled));
    }

    /// <summary>
    /// Docker's builder from before BuildKit, which reads the Dockerfile from its input and cannot export files.
    /// </summary>
    private static async Task<bool> ClassicAsync(string context, string output)
    {
        var build = Docker("0", "build", "--quiet", "--force-rm", "--file", "-", context);
        var built = await ProgramRunner.RunAsync(build, "FROM scratch\nCOPY . /context/\n"u8.ToArray(), Cancelled);
        if (!HasBuilt(built))
        {
            return false;
        }

        var container = await ContainerEngines.RunAsync("docker", "create", built.Text, "nothing");
        await ContainerEngines.RunAsync("docker", "export", "--output", output, container);
        await ContainerEngines.RunAsync("docker", "rm", container);
        await ContainerEngines.RunAsync("docker", "rmi", built.Text);
        return true;
    }

    /// <summary>A refusal mentions the ignore file; any other error fails the test.</summary>
    private static bool HasBuilt(ProgramResult result)
    {
        // If no file is left, the older builder has nothing to copy.
        var isRefused =
            result.Error.Contains("syntax error in pattern", StringComparison.Ordinal)
            || result.Error.Contains("illegal exclusion pattern", StringComparison.Ordinal)
            || result.Error.Contains("failed to parse excludepatterns", StringComparison.Ordinal)
            || result.Error.Contains("error parsing regexp", StringComparison.Ordinal)
            || result.Error.Contains("checking context", StringComparison.Ordinal);
        Assert.True(result.ExitCode == 0 || isRefused, result.Error);
        return result.ExitCode == 0;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string output)
    {
        const string Context = "context/";
        await using var stream = File.OpenRead(output);
        await using var tar = new TarReader(stream);
        var kept = new List<string>();
        while (await tar.GetNextEntryAsync(copyData: false, Cancelled) is { } entry)
        {
            var name = entry.Name.TrimStart('/');
            if (
                entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                && name.StartsWith(Context, StringComparison.Ordinal)
            )
            {
                kept.Add(name[Context.Length..]);
            }
        }

        return [.. kept.Order(ByteOrder.Comparer)];
    }

    private void WriteTree(string name, IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(folder.Combine(name), file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }

    private static ProgramCall Docker(string buildKit, params IReadOnlyList<string> arguments) =>
        new("docker", arguments) { Environment = new Dictionary<string, string?> { ["DOCKER_BUILDKIT"] = buildKit } };

    private static async Task<bool> HasBuildxAsync()
    {
        var call = new ProgramCall("docker", "buildx", "version");
        return (await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Cancelled)).ExitCode == 0;
    }
}
