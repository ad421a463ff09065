using System.Text.Json;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Ci;

/// <summary>The shell steps of action.yml, with an npm that installs the test's program.</summary>
public sealed class RunningTheAction : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0.3.1", "0.3.1")]
    [InlineData("1.0.0-rc.1", "1.0.0-rc.1")]
    public async Task The_named_version_is_installed_once_and_put_on_the_path(string given, string expected)
    {
        var first = await RunAsync("version", ("GIVEN", given), ("ACTION", SourceTree.PathOf(".")));
        var install = await RunAsync("install", ("VERSION", expected), ("FOLDER", folder.Combine("tools")));
        var again = await RunAsync("install", ("VERSION", expected), ("FOLDER", folder.Combine("tools")));

        Assert.Equal(0, first.ExitCode);
        Assert.Contains($"version={expected}\n", Read("outputs"), StringComparison.Ordinal);
        Assert.True(install.ExitCode == 0, install.Error);
        Assert.Contains(
            $"npm install --prefix {folder.Combine("tools")} --no-audit --no-fund --ignore-scripts lading@{expected}",
            install.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("npm install", again.Text, StringComparison.Ordinal);
        Assert.Contains(folder.Combine("tools/node_modules/.bin"), Read("path"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_of_the_action_is_the_default()
    {
        var run = await RunAsync("version", ("GIVEN", ""), ("ACTION", SourceTree.PathOf(".")));

        Assert.True(run.ExitCode == 0, run.Error);
        var own = typeof(LadingException).Assembly.GetName().Version!.ToString(3);
        Assert.Contains($"version={own}\n", Read("outputs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("1.0.0; rm -rf /")]
    public async Task Refuses_text_that_is_not_a_version(string given)
    {
        var run = await RunAsync("version", ("GIVEN", given), ("ACTION", SourceTree.PathOf(".")));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{given}' is not a version of Lading", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_gets_its_arguments_and_the_shell_executes_none_of_them()
    {
        await RunAsync("install", ("VERSION", "0.1.0"), ("FOLDER", folder.Combine("tools")));

        var run = await RunAsync(
            "run",
            ("VERB", "deploy 'My Stack' --env dev -- --require-approval never $(touch gone) ; ls"),
            ("PATH", $"{folder.Combine("tools/node_modules/.bin")}:{Environment.GetEnvironmentVariable("PATH")}")
        );

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            "[deploy][My Stack][--env][dev][--][--require-approval][never][$(touch][gone)][;][ls]",
            run.Text.Trim()
        );
        Assert.False(File.Exists(folder.Combine("gone")));
    }

    [Fact]
    public async Task Its_outputs_match_the_verb_and_the_page_lists_them_all()
    {
        var action = Assert.Single(await YamlFile.ReadAllAsync(SourceTree.PathOf("action.yml")));
        var outputs = action.GetProperty("outputs").EnumerateObject().Where(each => each.Name != "version").ToList();
        var page = await File.ReadAllLinesAsync(SourceTree.PathOf("docs/ci.md"), TestContext.Current.CancellationToken);
        var rows = page.SkipWhile(line => line != "## Outputs")
            .TakeWhile(line => line != "## Summaries")
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Split('|')[2].Split('`')[^2]);

        Assert.All(
            outputs,
            each =>
                Assert.Equal($"${{{{ steps.run.outputs.{each.Name} }}}}", each.Value.GetProperty("value").GetString())
        );
        Assert.Equal(
            rows.Order(StringComparer.Ordinal),
            outputs.Select(each => each.Name).Order(StringComparer.Ordinal)
        );
    }

    private string Read(string name) => File.ReadAllText(folder.Combine(name));

    private async Task<ProgramResult> RunAsync(string id, params IReadOnlyList<(string Name, string Value)> variables)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The stand-in for npm is a shell script");
        }

        var bin = Directory.CreateDirectory(folder.Combine("bin")).FullName;
        WriteProgram(
            Path.Combine(bin, "npm"),
            """
            echo "npm $*"
            mkdir -p "$3/node_modules/.bin"
            printf '#!/bin/sh\n[ "$1" = --version ] && exit 0\nprintf "[%%s]" "$@"\n' > "$3/node_modules/.bin/lading"
            chmod +x "$3/node_modules/.bin/lading"
            """
        );
        var action = Assert.Single(await YamlFile.ReadAllAsync(SourceTree.PathOf("action.yml")));
        var step = action
            .GetProperty("runs")
            .GetProperty("steps")
            .EnumerateArray()
            .Single(each => each.GetProperty("id").GetString() == id);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["GITHUB_OUTPUT"] = folder.Combine("outputs"),
            ["GITHUB_PATH"] = folder.Combine("path"),
            ["RUNNER_TEMP"] = folder.Path,
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_ARCH"] = "X64",
            ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        var named = step.TryGetProperty("env", out var variablesOfStep)
            ? variablesOfStep.EnumerateObject().ToList()
            : [];
        Assert.All(named, variable => Assert.True(environment.ContainsKey(variable.Name), variable.Name));
        return await ProgramRunner.RunAsync(
            new ProgramCall(
                "bash",
                "--noprofile",
                "--norc",
                "-eo",
                "pipefail",
                "-c",
                step.GetProperty("run").GetString()!
            )
            {
                WorkingDirectory = folder.Path,
                Environment = environment,
            },
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
    }

    private static void WriteProgram(string path, string script)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }
}
