using System.Text.Json;
using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// Runs the shell steps of the files of docs/ci.md in order, as a runner does, against the stand-ins.
/// </summary>
public sealed class FollowingTheWorkflows(DeployedAlone alone) : IClassFixture<DeployedAlone>
{
    private readonly DeployedApp app = alone.App;

    private string Runner => Path.Combine(app.Repository.Folder, ".lading", "runner");

    [Fact]
    public async Task A_pull_request_gets_its_diff_main_deploys_to_dev_and_prod_gets_the_same_bytes()
    {
        Directory.CreateDirectory(Runner);
        SampleApp.RequireTypeScript();
        app.WriteApp(SampleApp.TypeScript.Command);
        await app.Repository.CommitAsync("Take the app in TypeScript");

        // Before anything is published: the comment says what would be.
        await FollowAsync("docs/ci/github/pull-request.yml", "diff");
        var comment = await File.ReadAllTextAsync(
            Path.Combine(Runner, "comment"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("### Deploying Storefront to dev would publish 2 images", comment, StringComparison.Ordinal);
        Assert.Contains("AWS::ECS::TaskDefinition", comment, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Cloud.Calls, call => call.Operation is "PutImage" or "CreateRepository");

        await FollowAsync("docs/ci/github/several-runners.yml", "plan");
        await FollowAsync("docs/ci/github/main.yml", "dev");
        await FollowAsync("docs/ci/github/promote.yml", "prod");
        Assert.Equal(Outputs("images", "main.yml"), Outputs("images", "promote.yml"));
        Assert.Equal(["deployed"], Outputs("outcome", "promote.yml"));

        // GitLab's job and the component do the same, and find nothing to do.
        await FollowGitLabAsync("dev");
        await FollowComponentAsync("prod");
        Assert.StartsWith(
            "### Deployed Storefront to prod",
            app.Repository.Read("summary.md"),
            StringComparison.Ordinal
        );
    }

    private string[] Outputs(string name, string file) =>
        [
            .. File.ReadAllLines(Path.Combine(Runner, $"outputs-{file}"))
                .Where(line => line.StartsWith($"{name}=", StringComparison.Ordinal))
                .Select(line => line[(name.Length + 1)..]),
        ];

    private async Task FollowAsync(string file, string job)
    {
        var workflow = Assert.Single(await YamlFile.ReadAllAsync(SourceTree.PathOf(file)));
        var variables = Variables();
        variables["GITHUB_OUTPUT"] = Path.Combine(Runner, $"outputs-{Path.GetFileName(file)}");
        variables["GITHUB_STEP_SUMMARY"] = Path.Combine(Runner, "page.md");
        foreach (var step in workflow.GetProperty("jobs").GetProperty(job).GetProperty("steps").EnumerateArray())
        {
            if (step.TryGetProperty("run", out var run))
            {
                await RunAsync($"{file}, {job}", run.GetString()!, variables);
            }
        }
    }

    private async Task FollowGitLabAsync(string job)
    {
        const string File = "docs/ci/gitlab/gitlab-ci.yml";
        var pipeline = Assert.Single(await YamlFile.ReadAllAsync(SourceTree.PathOf(File)));
        var variables = Variables();
        variables["CI_PROJECT_DIR"] = Path.Combine(Runner, "project");
        variables["AWS_TOKEN"] = "token";
        await RunAsync(
            $"{File}, {job}",
            ScriptOf(pipeline.GetProperty("default"), pipeline.GetProperty(job)),
            variables
        );
    }

    /// <summary>Runs the component's job as GitLab expands it with inputs.</summary>
    private async Task FollowComponentAsync(string environment)
    {
        const string File = "templates/deploy.yml";
        var job = await PipelineComponent.JobAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["environment"] = environment,
                ["region"] = TestCloud.Region,
                ["role"] = "arn:aws:iam::222222222222:role/deploy",
                ["stacks"] = "Storefront",
            }
        );
        var variables = Variables();
        variables["CI_PROJECT_DIR"] = Path.Combine(Runner, "component");
        variables["LADING_AWS_TOKEN"] = "token";
        foreach (var variable in job.GetProperty("variables").EnumerateObject())
        {
            variables[variable.Name] = variable.Value.GetString();
        }

        variables["AWS_ROLE_ARN"] = null;
        await RunAsync(File, ScriptOf(job, job), variables);
    }

    /// <summary>
    /// Leaves out the exchange of the token for keys, which is AWS's own and needs a role: here, profiles provide the
    /// keys.
    /// </summary>
    private static string ScriptOf(JsonElement before, JsonElement job) =>
        string.Join(
            '\n',
            Lines(before.GetProperty("before_script"))
                .Where(line => !line.StartsWith("export AWS_WEB", StringComparison.Ordinal))
                .Concat(Lines(job.GetProperty("script")))
        );

    private static IEnumerable<string> Lines(JsonElement list) =>
        list.EnumerateArray().Select(line => line.GetString()!);

    private async Task RunAsync(string what, string script, Dictionary<string, string?> variables)
    {
        // moto has no change sets for existing stacks.
        var unasked = script.Replace(
            "--require-approval never",
            $"{string.Join(' ', DeployedApp.Unasked)}",
            StringComparison.Ordinal
        );
        var result = await ProgramRunner.RunAsync(
            new ProgramCall("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", unasked)
            {
                WorkingDirectory = app.Repository.Folder,
                Environment = variables,
            },
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, $"{what}\n{script}\n{result.Text}\n{result.Error}");
    }

    /// <summary>Packages are installed already, npx finds the program on the PATH, and comments go to a file.</summary>
    private Dictionary<string, string?> Variables()
    {
        var bin = Directory.CreateDirectory(Path.Combine(Runner, "bin")).FullName;
        WriteProgram(bin, "npm", "exit 0");
        WriteProgram(bin, "npx", "exec \"$@\"");
        WriteProgram(
            bin,
            "gh",
            $"[ \"$1 $2\" = 'pr comment' ] || exit 9; cp \"$7\" '{Path.Combine(Runner, "comment")}'"
        );
        var variables = app.Variables();
        variables["PATH"] = $"{bin}:{variables["PATH"]}";
        variables["NUMBER"] = "7";
        variables["GH_TOKEN"] = "token";
        return variables;
    }

    private static void WriteProgram(string folder, string name, string script)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }
}
