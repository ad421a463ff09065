using System.Text.Json;
using Lading.Testing;
using Lading.Tests.Configuration;

namespace Lading.Tests.Diagnosis;

/// <summary>The whole tool looks at real repositories, and at programs that say what real ones say.</summary>
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
    public async Task Verbose_lists_what_is_as_it_should_be()
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
                && line.EndsWith("  (engine)", StringComparison.Ordinal)
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

        Assert.Matches(
            @"  \? could not look at configuration, .*lock, credentials, .*: no project: it is neither in .*: lading init\n",
            run.Out.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task An_unnamed_account_never_passes()
    {
        var run = (await folder.DoctorAsync("credentials", "--env", "prod")).Succeeded();
        Assert.Contains("? could not look at credentials: no project", run.Out, StringComparison.Ordinal);

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
    public async Task A_project_outside_of_a_repository_is_broken()
    {
        folder.Project();
        Directory.Move(Path.Combine(folder.Repository.Folder, ".git"), Path.Combine(folder.Repository.Folder, "git"));
        folder.Variables["GIT_CEILING_DIRECTORIES"] = Path.GetTempPath();

        var run = (await folder.DoctorAsync("git-clone")).Failed(FailureKind.CheckFailed);

        Assert.Contains("✗ this folder is not in a git repository", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_is_named()
    {
        folder.Repository.Write("lading.json", """{ "project": "shop", "imagess": {} }""");

        var run = (await folder.DoctorAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("imagess", run.Out, StringComparison.Ordinal);
        Assert.Contains("(configuration)", run.Out, StringComparison.Ordinal);
        Assert.Matches(
            @"\? could not look at .*bases.*: lading\.json cannot be read: lading doctor configuration",
            run.Out
        );
    }

    [Fact]
    public async Task A_shallow_clone_is_reported()
    {
        folder.Project();
        await folder.Repository.CommitAsync("one");
        await folder.Repository.CommitAsync("two");
        using var clone = await folder.Repository.CloneShallowAsync();

        var run = (await ToolRun.InAsync(clone.Folder, folder.Variables, ["doctor", "git-clone"])).Succeeded();

        Assert.Contains("! the clone is shallow", run.Out, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_lock_is_reported()
    {
        folder.Project();
        await folder.Repository.CommitAsync("one");
        folder.Repository.Write(
            ".lading/local.lock.json",
            $$"""
            { "lockVersion": 1, "environment": "local", "images": { "web": {
                "repository": "shop/web", "digest": "sha256:{{new string('a', 64)}}",
                "fingerprint": "{{new string('b', 64)}}", "revision": "{{new string(
                'c',
                40
            )}}", "platforms": ["linux/amd64"] } } }
            """
        );

        var run = (await folder.DoctorAsync("lock")).Succeeded();

        Assert.Contains(
            "! the lock of local is not that of HEAD: web: lading publish --env local",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lock_that_cannot_be_read_is_broken()
    {
        folder.Project();
        await folder.Repository.CommitAsync("one");
        folder.Repository.Write(".lading/local.lock.json", "{");

        (await folder.DoctorAsync("lock")).Failed(FailureKind.CheckFailed);
    }

    [Fact]
    public async Task A_base_without_a_pin_is_reported()
    {
        folder.Project();
        folder.Repository.Write("web/Dockerfile", "FROM debian:12\nCOPY index.html /\n");

        var run = (await folder.DoctorAsync("bases")).Succeeded();

        Assert.Contains("! debian:12 is unpinned", run.Out, StringComparison.Ordinal);
        Assert.Contains(": lading bases update", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_git_does_not_ignore_is_reported()
    {
        folder.Project();
        folder.Repository.Write(".lading/work/kept", "");

        var run = await folder.DoctorAsync("own-folder");
        Assert.Contains("! git does not ignore .lading", run.Out, StringComparison.Ordinal);

        folder.Repository.Write(".lading/.gitignore", "*\n");
        Assert.Contains("✓ 1 check ", (await folder.DoctorAsync("own-folder")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_hangs_is_named_and_keeps_nobody_waiting()
    {
        folder.Project().Program("git", "exec sleep 100");
        var began = TimeProvider.System.GetTimestamp();

        var run = await folder.DoctorAsync("git-version", "disk", "--timeout", "1s");

        Assert.Contains(
            "? could not look at git-version: it did not end within 1 s",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("✓ 1 other check ", run.Out, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0.9, 15);
    }

    [Fact]
    public async Task The_document_keeps_to_its_schema()
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
    public async Task Programs_on_the_PATH_are_asked()
    {
        folder.Project().Program("lading", "echo 0.1.0");
        folder
            .Repository.Write("cdk.json", """{ "app": "dotnet run --project src/Infra" }""")
            .Write("global.json", "{}")
            .Write("bin/lading", "");
        folder.Program("dotnet", "echo 'Requested SDK version: 99.0.100' >&2; exit 145");

        var run = (await folder.DoctorAsync("dotnet", "lading-path", "--verbose")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ no .NET SDK fits the CDK app: Requested SDK version: 99.0.100",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("lading 0.1.0 in ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_docker_without_BuildKit_is_reported()
    {
        folder.Project().Program("docker", "[ \"$1\" = buildx ] && exit 1; echo 27.1.1");

        var run = (await folder.DoctorAsync("docker-buildkit")).Succeeded();

        Assert.Contains("! docker has no buildx", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accident_is_found_wherever_it_is()
    {
        folder
            .Repository.Write("node_modules/aws-cdk/package.json", """{ "name": "aws-cdk", "version": "3.0.0" }""")
            .Write("package-lock.json", """{ "packages": { "node_modules/aws-cdk": { "version": "3.0.0" } } }""")
            .Write("yarn.lock", "aws-cdk@latest:\n  version \"3.0.0\"\n")
            .Write("pnpm-lock.yaml", "packages:\n\n  aws-cdk@3.0.0:\n    resolution: {}\n");

        var run = (await folder.DoctorAsync("cdk-accident")).Failed(FailureKind.CheckFailed);

        Assert.All(
            ["node_modules/aws-cdk,", "package-lock.json,", "yarn.lock,", "pnpm-lock.yaml was"],
            place => Assert.Contains(place, run.Out, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_command_line_that_cannot_read_the_assembly_is_broken()
    {
        folder
            .Repository.Write("cdk.json", """{ "app": "npx tsx app.ts" }""")
            .Write("node_modules/.bin/cdk", "")
            .Write(
                "node_modules/aws-cdk/package.json",
                """{ "name": "aws-cdk", "version": "2.100.0", "devDependencies": { "@aws-cdk/cloud-assembly-schema": ">=36.0.0" } }"""
            )
            .Write("cdk.out/manifest.json", """{ "version": "48.0.0", "minimumCliVersion": "2.1033.0" }""");

        var run = (await folder.DoctorAsync("cdk-version")).Failed(FailureKind.CheckFailed);
        Assert.Contains("✗ cdk 2.100.0 reads assemblies up to version 36, and ", run.Out, StringComparison.Ordinal);

        folder.Repository.Write(
            "cdk.out/manifest.json",
            """{ "version": "36.0.0", "minimumCliVersion": "2.1033.0" }"""
        );
        run = (await folder.DoctorAsync("cdk-version")).Succeeded();
        Assert.Contains("! cdk 2.100.0 is older than 2.1033.0, which ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_counts_images_is_reported()
    {
        const string Rules =
            """{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":3},\"action\":{\"type\":\"expire\"}}]}""";
        folder
            .Repository.Write("cdk.json", """{ "app": "npx tsx app.ts" }""")
            .Write(
                "cdk.out/manifest.json",
                """{ "version": "48.0.0", "artifacts": { "StagingStack": { "type": "aws:cloudformation:stack", "environment": "aws://1/x", "properties": { "templateFile": "s.json" } } } }"""
            )
            .Write(
                "cdk.out/s.json",
                $$$"""{ "Resources": { "Web": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": "shop/web", "LifecyclePolicy": { "LifecyclePolicyText": "{{{Rules}}}" } } } } }"""
            );

        var run = (await folder.DoctorAsync("app-staging")).Succeeded();

        Assert.Contains(
            "! repository shop/web of StagingStack keeps the newest 3 images, whatever runs",
            run.Out,
            StringComparison.Ordinal
        );
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
