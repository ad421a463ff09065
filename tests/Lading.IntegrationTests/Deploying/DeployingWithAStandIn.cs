using Lading.IntegrationTests.Publishing;
using Lading.Processes;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.IntegrationTests.Deploying;

/// <summary>
/// What people read on a terminal, where both streams are one, around the output of cdk. A script stands in for cdk: it
/// writes an assembly with the digest of the lock that it is passed, warns as apps do, and prints the digests that it
/// deploys or compares.
/// </summary>
public sealed class DeployingWithAStandIn : IAsyncLifetime
{
    private const string Warning = "[Warning at /Shop/Task] an annotation of the app";
    private const string Stranger = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    private const string Cdk = """
        #!/bin/sh
        verb=$1
        while [ $# -gt 0 ]; do
          case $1 in --output) output=$2 ;; --app) app=$2 ;; esac
          shift
        done
        if [ "$verb" = synth ]; then
          web=$(tr -d '\n' < "$LADING_LOCK" | sed 's/.*"web": *{[^}]*"digest": *"\([^"]*\)".*/\1/')
          mkdir -p "$output"
          cp infra/manifest.json "$output/"
          sed "s/DIGEST/$web/" infra/Shop.template.json > "$output/Shop.template.json"
          echo "[Warning at /Shop/Task] an annotation of the app" >&2
        else
          echo "cdk $verb: $(grep -o 'sha256:[0-9a-f]*' "$app/Shop.template.json")"
          echo "Shop (no changes)"
        fi

        """;

    private TestRegistry? registry;
    private SmallProject? project;

    private SmallProject Project => project!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        registry = await TestRegistry.StartAsync();
        project = await SmallProject.CreateAsync(registry.Host);
        const string Script = "node_modules/.bin/cdk";
        Project.Repository.Write("cdk.json", """{ "app": "true" }""").Write(Script, Cdk.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path.Combine(Project.Repository.Folder, Script),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }

        Synthesize(("web", $"\"{registry.Host}/shop/web@DIGEST\""));
    }

    public async ValueTask DisposeAsync()
    {
        project?.Dispose();
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_failed_check_is_shown_last_below_the_annotations_of_the_app()
    {
        Synthesize(("old", $"\"{registry!.Host}/shop/web@{Stranger}\""));

        var said = (await DeployAsync()).Failed(FailureKind.CheckFailed).Out;

        var warned = said.LastIndexOf(Warning, StringComparison.Ordinal);
        var decided = said.IndexOf(" missing ", StringComparison.Ordinal);
        Assert.True(warned >= 0 && warned < decided, said);
        Assert.EndsWith("  Nothing was deployed.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("cdk deploy:", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_reported_as_deployed_if_nothing_changed()
    {
        var said = (await DeployAsync()).Succeeded().Out;

        var unchanged = said.IndexOf("Shop (no changes)", StringComparison.Ordinal);
        Assert.True(unchanged >= 0, said);
        Assert.Contains("shared is up to date: Shop", said[unchanged..], StringComparison.Ordinal);
        Assert.DoesNotContain("deployed", said, StringComparison.Ordinal);
        Assert.Contains($"cdk deploy: {Project.Locked("web", "shared")}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_compares_with_a_placeholder_for_what_is_yet_to_be_built()
    {
        var said = (await DeployAsync("--dry-run")).Succeeded().Out;

        Assert.True(
            said.Contains("is known only after the build, and shown as sha256:000000000000…", StringComparison.Ordinal),
            said
        );
        Assert.Contains("site, web would be published first. Each digest", said, StringComparison.Ordinal);
        Assert.Contains("Shop · no image to check yet · to shared", said, StringComparison.Ordinal);
        Assert.Contains($"cdk diff: {LockPreview.Placeholder}", said, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Project.LockPath("shared")));

        // An image that exists already is compared as it is.
        await Project.PublishAsync("--env", "shared");
        var known = (await DeployAsync("--dry-run")).Succeeded().Out;
        Assert.Contains($"cdk diff: {Project.Locked("web", "shared")}", known, StringComparison.Ordinal);
        Assert.DoesNotContain("known only after the build", known, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_brings_back_its_images_and_the_next_deployment_those_of_HEAD()
    {
        await Project.PublishAsync("--env", "shared");
        var first = Project.Locked("web", "shared");
        Project.Repository.Write("src/web/index.html", "<h1>Sale</h1>\n");
        await Project.Repository.CommitAsync("Sale");
        (await DeployAsync()).Succeeded();
        var second = Project.Locked("web", "shared");
        Assert.NotEqual(first, second);
        var runs = Project.Runs;

        var back = (await DeployAsync("--rev", "HEAD~1")).Succeeded().Out;

        Assert.Contains($"cdk deploy: {first}", back, StringComparison.Ordinal);
        Assert.Equal(first, Project.Locked("web", "shared"));
        Assert.Equal(runs, Project.Runs);
        Assert.Contains($"cdk deploy: {second}", (await DeployAsync()).Succeeded().Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--env shared --dry-run", "  Nothing was changed.")]
    // The app tells the names of its stacks before anything is published.
    [InlineData("Shop --env shared", "  Nothing was published, and nothing was deployed.")]
    [InlineData(
        "--env shared",
        "  Nothing was deployed. The images are published and in the lock, so the next run continues from there."
    )]
    public async Task Ctrl_C_while_the_app_runs_says_what_was_done(string options, string said)
    {
        // Where cdk would take its time.
        Project.Repository.Write(
            "node_modules/.bin/cdk",
            Cdk.ReplaceLineEndings("\n")
                .Replace($"echo \"{Warning}\" >&2", $"echo \"{Warning}\" >&2; exec sleep 20", StringComparison.Ordinal)
        );

        var run = await InterruptedTool.RunAsync(
            Project.Repository.Folder,
            new Dictionary<string, string>(StringComparer.Ordinal),
            Warning,
            ["deploy", .. options.Split(' ')]
        );

        Assert.Equal(130, run.ExitCode);
        Assert.EndsWith($"{said}\ncancelled", run.Out.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(options == "--env shared", File.Exists(Project.LockPath("shared")));
    }

    [Fact]
    public async Task Ctrl_C_while_an_image_is_made_says_that_nothing_was_deployed()
    {
        Project.Repository.Write(
            "lading.json",
            Project
                .Repository.Read("lading.json")
                .Replace("mkdir dist", "sleep 20 && mkdir dist", StringComparison.Ordinal)
        );
        await Project.Repository.CommitAsync("A slow command");

        var run = await InterruptedTool.RunAsync(
            Project.Repository.Folder,
            new Dictionary<string, string>(StringComparer.Ordinal),
            "site  building",
            ["deploy", "Shop", "--env", "shared", "--no-verify"]
        );

        Assert.Equal(130, run.ExitCode);
        Assert.EndsWith(
            "  The lock is as it was. What was pushed stays in the registry, and the next run continues from there.\n  Nothing was deployed.\ncancelled",
            run.Out.TrimEnd(),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Project.LockPath("shared")));
    }

    private void Synthesize((string Name, string Image) container)
    {
        using var assembly = new TestAssembly();
        assembly.Stack("Shop", TestAssembly.Fargate(container));
        foreach (var file in Directory.EnumerateFiles(assembly.Folder))
        {
            Project.Repository.Write($"infra/{Path.GetFileName(file)}", File.ReadAllText(file));
        }
    }

    /// <summary>Deploys in a process of its own whose streams are one, as on a terminal.</summary>
    private Task<ToolRun> DeployAsync(params IReadOnlyList<string> arguments)
    {
        var call = Project.Call(["deploy", "Shop", "--env", "shared", .. arguments]);
        return ToolProcess.RunAsync(
            new ProgramCall("sh", ["-c", "exec \"$0\" \"$@\" 2>&1", call.Program, .. call.Arguments])
            {
                WorkingDirectory = call.WorkingDirectory,
            }
        );
    }
}
