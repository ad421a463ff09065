using System.Text.Json;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Ci;

/// <summary>
/// The shell steps of the nightly job and of the GitLab component, with stand-ins for npm, npx and gh.
/// </summary>
public sealed class FollowingTheJobs : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_night_moves_pins_proposes_them_once_and_does_nothing_if_no_base_is_behind()
    {
        await using var registry = await TestRegistry.StartAsync();
        using var repository = await TestRepository.CreateAsync();
        var first = await PublishedBases.PutAsync(registry.Store, "tool", "1", "2026-01-01T00:00:00Z", null, Cancelled);
        var reference = $"{registry.Host}/tool:1";
        var image = $$"""{ "project": "shop", "images": { "proxy": { "from": "{{reference}}" } } }""";
        await repository.Write("lading.json", image).CommitAsync("A shop");
        var origin = folder.Combine("origin.git");
        await repository.GitAsync("init", "--quiet", "--bare", origin);
        await repository.GitAsync("remote", "add", "origin", origin);

        // On the first night, there is no file of pins yet.
        await FollowNightlyAsync(repository);
        var pins = await repository.GitAsync("show", "origin/lading/bases:lading.bases.json");
        Assert.Contains(first.ToString(), pins, StringComparison.Ordinal);
        Assert.Equal(
            "Update base images",
            (await repository.GitAsync("log", "-1", "--format=%s", "origin/lading/bases")).Trim()
        );
        Assert.Contains(
            "[pr][create][--head][lading/bases]",
            await File.ReadAllTextAsync(folder.Combine("gh"), Cancelled),
            StringComparison.Ordinal
        );

        // The pull request is merged, and no base has moved since.
        await repository.GitAsync("switch", "--quiet", "main");
        await repository.GitAsync("merge", "--quiet", "origin/lading/bases");
        File.Delete(folder.Combine("gh"));
        var quiet = await FollowNightlyAsync(repository);
        Assert.Contains("No base is behind.", quiet.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Combine("gh")));

        // A base moves: the branch of the open pull request gets the new pin.
        var second = await PublishedBases.PutAsync(
            registry.Store,
            "tool",
            "1",
            "2026-02-01T00:00:00Z",
            null,
            Cancelled
        );
        await File.WriteAllTextAsync(folder.Combine("open"), "", Cancelled);
        await FollowNightlyAsync(repository);
        pins = await repository.GitAsync("show", "origin/lading/bases:lading.bases.json");
        Assert.Contains(second.ToString(), pins, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "[create]",
            await File.ReadAllTextAsync(folder.Combine("gh"), Cancelled),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "", "[lading][deploy][--summary][summary.md][--][--require-approval][never] dev")]
    [InlineData(
        "0.2.0",
        "Shop Shop-Jobs",
        "[lading][deploy][Shop][Shop-Jobs][--summary][summary.md][--][--require-approval][never] dev"
    )]
    public async Task The_component_deploys_what_its_inputs_say(string version, string stacks, string expected)
    {
        var job = await PipelineComponent.JobAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["environment"] = "dev",
                ["region"] = "eu-west-1",
                ["role"] = "arn:aws:iam::111111111111:role/deploy",
                ["version"] = version,
                ["stacks"] = stacks,
            }
        );
        var variables = Programs("printf '[%s]' \"$@\"; echo \" $LADING_ENV\"");
        foreach (var variable in job.GetProperty("variables").EnumerateObject())
        {
            variables[variable.Name] = variable.Value.GetString();
        }

        variables["CI_PROJECT_DIR"] = folder.Combine("project");
        variables["LADING_AWS_TOKEN"] = "a token";
        var lines = job.GetProperty("before_script")
            .EnumerateArray()
            .Concat(job.GetProperty("script").EnumerateArray())
            .Select(line => line.GetString()!);
        var run = await BashAsync(
            folder.Path,
            string.Join('\n', lines) + "\necho \"$AWS_WEB_IDENTITY_TOKEN_FILE $AWS_ROLE_ARN $AWS_REGION\"",
            variables
        );

        Assert.Equal(
            [
                "npm [ci]",
                .. version.Length == 0
                    ? (string[])[]
                    : [$"npm [install][--no-save][--no-audit][--no-fund][lading@{version}]"],
                expected,
                $"{folder.Combine("project.token")} arn:aws:iam::111111111111:role/deploy eu-west-1",
            ],
            run.Text.TrimEnd().Split('\n')
        );
        Assert.Equal("a token", await File.ReadAllTextAsync(folder.Combine("project.token"), Cancelled));
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(folder.Combine("project.token"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    private async Task<ProgramResult> FollowNightlyAsync(TestRepository repository)
    {
        var workflow = Assert.Single(
            await YamlFile.ReadAllAsync(SourceTree.PathOf("docs/ci/github/nightly-bases.yml"))
        );
        var scripts = workflow
            .GetProperty("jobs")
            .GetProperty("update")
            .GetProperty("steps")
            .EnumerateArray()
            .Where(step => step.TryGetProperty("run", out _))
            .Select(step => step.GetProperty("run").GetString()!);
        var tool = Path.Combine(AppContext.BaseDirectory, "lading.dll");
        var variables = Programs($"shift; exec dotnet '{tool}' \"$@\"");
        ProgramResult? last = null;
        foreach (var script in scripts)
        {
            last = await BashAsync(repository.Folder, script, variables);
        }

        return last!;
    }

    /// <summary>
    /// Stand-ins for npm, npx and gh; gh records its arguments, and finds a pull request if the file "open" exists.
    /// </summary>
    private Dictionary<string, string?> Programs(string npx)
    {
        var bin = Directory.CreateDirectory(folder.Combine("bin")).FullName;
        Write("npm", "printf 'npm '; printf '[%s]' \"$@\"; echo");
        Write("npx", npx);
        Write(
            "gh",
            $"printf '[%s]' \"$@\" >> '{folder.Combine("gh")}'\n[ \"$2\" != view ] || [ -e '{folder.Combine("open")}' ]"
        );
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
            ["GH_TOKEN"] = "token",
        };

        void Write(string name, string script)
        {
            var path = Path.Combine(bin, name);
            File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            }
        }
    }

    private static async Task<ProgramResult> BashAsync(
        string workingFolder,
        string script,
        Dictionary<string, string?> variables
    )
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The stand-ins are shell scripts");
        }

        var run = await ProgramRunner.RunAsync(
            new ProgramCall("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
            {
                WorkingDirectory = workingFolder,
                Environment = variables,
            },
            ReadOnlyMemory<byte>.Empty,
            Cancelled
        );
        Assert.True(run.ExitCode == 0, $"{script}\n{run.Text}\n{run.Error}");
        return run;
    }
}
