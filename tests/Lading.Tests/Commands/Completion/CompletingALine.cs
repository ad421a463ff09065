using Lading.Testing;

namespace Lading.Tests.Commands.Completion;

/// <summary>What may come next on a command line, requested as the shells' scripts do.</summary>
public sealed class CompletingALine : IDisposable
{
    private readonly TestFolder folder = new();

    public CompletingALine()
    {
        // The file is still being written: the names in it are completed all the same.
        File.WriteAllText(
            folder.Combine("lading.json"),
            """
            {
              // ours
              "images": { "web": { "contxt": "src/web" }, "worker": { } },
              "environments": { "dev": { }, "prod": { }, },
            }
            """
        );
        Directory.CreateDirectory(folder.Combine("cdk.out/assembly-Prod"));
        File.WriteAllText(
            folder.Combine("cdk.out/manifest.json"),
            """
            { "artifacts": {
              "Storefront": { "type": "aws:cloudformation:stack", "displayName": "Storefront" },
              "Storefront.assets": { "type": "cdk:asset-manifest" },
              "assembly-Prod": { "type": "cdk:cloud-assembly", "properties": { "directoryName": "assembly-Prod" } } } }
            """
        );
        File.WriteAllText(
            folder.Combine("cdk.out/assembly-Prod/manifest.json"),
            """{ "artifacts": { "Prod1A2B": { "type": "aws:cloudformation:stack", "displayName": "Prod/Web (Prod-Web)" } } }"""
        );
        File.WriteAllText(
            folder.Combine("lading.bases.json"),
            """{ "basesVersion": 2, "bases": { "docker.io/library/busybox:1.36": { } } }"""
        );
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("=pub", "publish")]
    [InlineData("=pl", "plan")]
    [InlineData("bases =", "update check")]
    [InlineData("publish =", "web worker")]
    [InlineData("publish web =wo", "worker")]
    [InlineData("publish --env =", "dev prod local")]
    [InlineData("publish =--env=p", "--env=prod")]
    [InlineData("-e dev publish =we", "web")]
    [InlineData("publish --dirty =--di", "--directory")]
    [InlineData("publish --output =", "text json")]
    [InlineData("publish --platform =linux/arm", "linux/arm64")]
    [InlineData("publish --engine =p", "podman")]
    [InlineData("deploy =", "Storefront Prod/Web")]
    [InlineData("deploy --env dev =Sto", "Storefront")]
    [InlineData("deploy --env dev -- =--", "")]
    [InlineData("promote =", "dev prod local")]
    [InlineData("promote dev =p", "prod")]
    [InlineData("promote dev prod =w", "web worker")]
    [InlineData("pin =w", "web@ worker@")]
    [InlineData("unpin =", "web worker")]
    [InlineData("why web --from =p", "prod")]
    [InlineData("bases update =", "docker.io/library/busybox:1.36")]
    [InlineData("completion =", "bash zsh fish powershell")]
    [InlineData("run -- =", ":files")]
    [InlineData("deploy --summary =", ":files")]
    [InlineData("nosuch =", "")]
    [InlineData("image inspect =", "")]
    public async Task Only_fitting_candidates_are_offered(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', await CompleteAsync(line.Split(' '))));

    [Fact]
    public async Task Completes_names_from_the_named_folder()
    {
        Directory.CreateDirectory(folder.Combine("other"));
        await File.WriteAllTextAsync(
            folder.Combine("other/lading.json"),
            """{ "images": { "mail": { } } }""",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["mail"], await CompleteAsync("-C", "other", "publish", "="));
    }

    [Fact]
    public async Task Without_a_project_there_is_no_output()
    {
        using var empty = new TestFolder();

        var run = await ToolRun.InAsync(empty.Path, "complete", "--", "publish", "=");

        Assert.Equal((0, "", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task An_unreadable_file_has_no_names()
    {
        await File.WriteAllTextAsync(
            folder.Combine("lading.json"),
            "{ \"images\": ",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            folder.Combine("cdk.out/manifest.json"),
            """{ "artifacts": { "A": { "type": 3 } } }""",
            TestContext.Current.CancellationToken
        );

        Assert.Empty(await CompleteAsync("publish", "="));
        Assert.Empty(await CompleteAsync("deploy", "="));
    }

    [Fact]
    public async Task Each_candidate_has_a_description_of_one_line()
    {
        var run = await ToolRun.InAsync(folder.Path, "complete", "--", "=unp");

        Assert.Equal("unpin\tReleases an image that 'lading pin' holds back\n", run.Out);
    }

    [Fact]
    public async Task An_unknown_shell_is_reported_with_the_known_ones()
    {
        var run = (await ToolRun.InAsync(folder.Path, "completion", "tcsh")).Failed(FailureKind.Usage);

        Assert.Contains("'tcsh' is not a shell that Lading knows", run.Error, StringComparison.Ordinal);
        Assert.Contains("bash, zsh, fish, powershell", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nested_assembly_without_a_folder_is_skipped()
    {
        await File.WriteAllTextAsync(
            folder.Combine("cdk.out/manifest.json"),
            """
            { "artifacts": {
              "Storefront": { "type": "aws:cloudformation:stack" },
              "one": { "type": "cdk:cloud-assembly", "properties": { } },
              "two": { "type": "cdk:cloud-assembly" } } }
            """,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["Storefront"], await CompleteAsync("deploy", "="));
    }

    private async Task<IReadOnlyList<string>> CompleteAsync(params IReadOnlyList<string> words)
    {
        var run = (await ToolRun.InAsync(folder.Path, ["complete", "--", .. words])).Succeeded();
        Assert.Empty(run.Error);
        return [.. run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('\t')[0])];
    }
}
