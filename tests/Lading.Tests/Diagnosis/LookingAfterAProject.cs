using System.Text.Json;
using Lading.Testing;
using Lading.Tests.Configuration;

namespace Lading.Tests.Diagnosis;

/// <summary>The whole tool looks at real repositories and reports its findings.</summary>
public sealed class LookingAfterAProject : IAsyncLifetime
{
    private ExaminedFolder folder = null!;

    public async ValueTask InitializeAsync() => folder = await ExaminedFolder.CreateAsync();

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_healthy_project_is_one_line()
    {
        folder.Project().Program("docker", "exit 0");
        await folder.Repository.CommitAsync("one");

        var run = (await folder.DoctorAsync()).Succeeded();

        Assert.Matches(@"^  ✓ \d+ checks · \d+\.\d s\n$", run.Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Verbose_lists_the_checks_that_pass()
    {
        folder.Project().Program("docker", "exit 0");
        await folder.Repository.CommitAsync("one");

        var run = (await folder.DoctorAsync("--verbose")).Succeeded();

        Assert.Matches(@"  ✓  git-version +git \d", run.Out);
        Assert.Contains("lading.json defines 1 image", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_checks_come_first_with_their_names_and_exit_code_3()
    {
        folder.Project().Program("node", "echo v17.0.0").Program("docker", "echo 'Cannot connect' >&2; exit 1");
        folder.Repository.Write("cdk.json", """{ "app": "npx tsx app.ts" }""");
        folder.Repository.Write("package.json", """{ "devDependencies": { "aws-cdk": "latest" } }""");
        await folder.Repository.CommitAsync("one");

        var run = (await folder.DoctorAsync()).Failed(FailureKind.CheckFailed);

        var lines = run.Out.Split('\n');
        Assert.Contains(
            lines,
            line =>
                line.StartsWith("  ✗ no container engine answers: docker: Cannot connect", StringComparison.Ordinal)
                && line.EndsWith(", and 1 image is built by one: start docker  (engine)", StringComparison.Ordinal)
        );
        Assert.Contains(lines, line => line.StartsWith("  ✗ Node 17.0.0 is older than 18", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  ! \"aws-cdk\": \"latest\" in", StringComparison.Ordinal));
        Assert.Equal(
            lines
                .Where(line => line.Length > 0)
                .Select(line => "✗!?✓".IndexOf(line[2], StringComparison.Ordinal))
                .Order(),
            lines.Where(line => line.Length > 0).Select(line => "✗!?✓".IndexOf(line[2], StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Outside_of_a_project_it_says_what_it_could_not_look_at()
    {
        var run = (await folder.DoctorAsync()).Succeeded();

        Assert.Contains(
            $"  ? could not look at configuration, own-folder, bases and 14 more: there is no lading.json in {folder.Repository.Folder} or in a folder above: lading init\n",
            run.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "configuration, own-folder, bases, lock, credentials, clock, endpoints, bootstrap, bootstrap-roles, repositories, tag-mutability, tag-aliases, lifecycle-rules, cdk-gc, platforms, pull-permission, leases: there is no",
            (await folder.DoctorAsync("--verbose")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_command_to_copy_is_never_wrapped_on_a_terminal()
    {
        folder.Project(
            """, "environments": { "prod": { "account": "222222222222", "region": "eu-central-1", "profile": "storefront-of-production" } } """
        );

        var run = await ToolRun.InAsync(folder.Repository.Folder, folder.Variables, ["doctor", "credentials"], 60);

        Assert.Contains(
            "'aws configure sso --profile storefront-of-production' makes one",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(2, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task An_unnamed_account_never_passes()
    {
        var run = (await folder.DoctorAsync("credentials", "--env", "prod")).Succeeded();
        Assert.Contains(
            "? could not look at credentials: there is no lading.json in",
            run.Out,
            StringComparison.Ordinal
        );

        folder.Project();
        run = (await folder.DoctorAsync("credentials")).Succeeded();
        Assert.Contains(
            "credentials: no environment of lading.json has an AWS account",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("✓ 0 other checks", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_git_it_says_so_and_looks_at_the_rest()
    {
        using var bare = await ExaminedFolder.CreateAsync(hasGit: false);
        bare.Project();

        var run = (await bare.DoctorAsync("--verbose")).Failed(FailureKind.CheckFailed);

        Assert.Contains("✗ git is not installed", run.Out, StringComparison.Ordinal);
        Assert.Contains("? could not look at git-clone: git is not on the PATH", run.Out, StringComparison.Ordinal);
        Assert.Contains("✓  disk", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_hangs_is_named_and_delays_no_other()
    {
        folder.Project().Program("git", "exec sleep 100");
        var began = TimeProvider.System.GetTimestamp();

        var run = await folder.DoctorAsync("git-version", "disk", "--timeout", "6s");

        Assert.Contains(
            "? could not look at git-version: it did not end within 6 s",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("✓ 1 other check ", run.Out, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 5.9, 30);
    }

    [Fact]
    public async Task The_document_matches_its_schema()
    {
        folder.Project().Program("node", "echo v21.0.0").Program("git", "exit 1");

        var run = await folder.DoctorAsync("--output", "json");

        using var document = JsonDocument.Parse(run.Out);
        Assert.True(SchemaValidator.Of("doctor").IsValid(document.RootElement));
        var checks = document.RootElement.GetProperty("checks");
        Assert.Equal(
            DoctorCheck.Names.TakeWhile(name => name != DoctorCheck.Credentials).Order(StringComparer.Ordinal),
            checks
                .EnumerateArray()
                .Select(check => check.GetProperty("check").GetString()!)
                .Order(StringComparer.Ordinal)
        );
        Assert.False(document.RootElement.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("lok", "Did you mean lock?")]
    [InlineData("disk --timeout soon", "'soon' is not a length of time")]
    [InlineData("--env nowhere", "Could not find environment nowhere")]
    public async Task Wrong_use_says_what_is_wrong(string words, string said)
    {
        folder.Project();

        var run = (await folder.DoctorAsync(words.Split(' '))).Failed(FailureKind.Usage);

        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_checks_are_completed()
    {
        var run = await ToolRun.InAsync(folder.Repository.Folder, folder.Variables, ["doctor", "--help"]);

        Assert.Contains("--clean", run.Out, StringComparison.Ordinal);
        var values = new Cli.Commands.Completion.CandidateValues(null!);
        var verb = new System.CommandLine.Command("doctor");
        var argument = new System.CommandLine.Argument<string>("check");
        Assert.Equal(DoctorCheck.Names, values.Of(verb, [verb], argument).Select(candidate => candidate.Text));
    }
}
