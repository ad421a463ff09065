using System.Text.RegularExpressions;
using Lading.Locks;
using Lading.Processes;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// From <c>cdk init</c> to a deployed stack and a snapshot test, with nothing but what docs/typescript.md says.
/// </summary>
[Collection(TypeScriptApps.Name)]
public sealed partial class FollowingTheTypeScriptPage(DeployedAlone alone) : IAsyncLifetime
{
    private readonly DeployedApp app = alone.App;
    private readonly string page = File.ReadAllText(SourceTree.PathOf("docs/typescript.md"));
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lading-shop-");
    private TestRepository shop = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var sample = Packages("samples/storefront/infra-ts", Path.Combine("lading-cdk", "dist"));
        var tests = Packages("tests/cdk-jest", "jest");
        shop = await TestRepository.CreateAsync();

        // 'cdk init' names what it writes after its folder, which must be empty; packages are linked instead of
        // installed.
        var folder = Directory.CreateDirectory(Path.Combine(scratch.FullName, "shop")).FullName;
        var init = Block("sh", "cdk init");
        Assert.StartsWith("cdk init app --language typescript\n", init, StringComparison.Ordinal);
        await RunAsync(
            folder,
            Path.Combine(sample, ".bin", "cdk"),
            ["init", "app", "--language", "typescript", "--generate-only"]
        );
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            shop.Write(Path.GetRelativePath(folder, path), await File.ReadAllTextAsync(path, Cancelled));
        }

        shop.Write(".gitignore", "node_modules\ncdk.out\n");
        foreach (var packages in (string[])[sample, tests])
        {
            Link(packages, Path.Combine(shop.Folder, "node_modules"));
            Link(Path.Combine(packages, "@types"), Path.Combine(shop.Folder, "node_modules", "@types"));
            // Through the links, programs start from their own folders, and so find what they need.
            Link(Path.Combine(packages, ".bin"), Path.Combine(shop.Folder, "node_modules", ".bin"));
        }

        shop.Write("site/index.html", "<h1>Hello</h1>\n");
        shop.Write(
            "lading.json",
            Block("json", "\"project\"").Replace("shop-dev", "storefront-dev", StringComparison.Ordinal)
        );
        shop.Write("lib/shop-stack.ts", Block("ts", "class ShopStack"));
        await shop.CommitAsync("A shop");
    }

    public ValueTask DisposeAsync()
    {
        shop.Dispose();
        scratch.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Two_lines_besides_lading_json_are_enough_to_deploy_and_a_snapshot_survives_ten_commits()
    {
        Assert.Equal(
            2,
            Block("ts", "class ShopStack").Split('\n').Count(line => line.Contains("Lading", StringComparison.Ordinal))
        );

        var deployed = await RunAsync(
            shop.Folder,
            PackedTool.Command[0],
            [.. PackedTool.Command.Skip(1), "deploy", "--env", "dev", "--", .. DeployedApp.Unasked]
        );

        Assert.Contains("dev is up to date: ShopStack", deployed.Out, StringComparison.Ordinal);
        var digest = LockFile.Read(LockPath.For(shop.Folder, "dev")).Images["site"].Digest.ToString();
        Assert.Contains(
            $"shop/site@{digest}",
            await File.ReadAllTextAsync(Path.Combine(shop.Folder, "cdk.out", "ShopStack.template.json"), Cancelled),
            StringComparison.Ordinal
        );

        shop.Write("test/shop.test.ts", SnapshotTest());
        var jest = Path.Combine(shop.Folder, "node_modules", ".bin", "jest");
        await RunAsync(shop.Folder, jest, ["--ci=false"]);
        for (var commit = 1; commit <= 10; commit++)
        {
            shop.Write("site/index.html", $"<h1>Hello {commit}</h1>\n");
            await shop.CommitAsync($"Say hello {commit}");
            await RunAsync(shop.Folder, PackedTool.Command[0], [.. PackedTool.Command.Skip(1), "publish"]);
        }

        var tested = await RunAsync(shop.Folder, jest, ["--ci"]);

        Assert.Contains("1 passed", tested.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(digest, shop.Read("test/__snapshots__/shop.test.ts.snap"), StringComparison.Ordinal);
    }

    private string SnapshotTest() =>
        $$"""
            import { App } from "aws-cdk-lib";
            import { Template } from "aws-cdk-lib/assertions";
            import { LadingImages } from "lading-cdk";
            import { ShopStack } from "../lib/shop-stack";

            test("the stack", () => {
            {{Block("ts", "useFixedDigests")}}
            });

            """;

    private async Task<ToolRun> RunAsync(string folder, string program, IReadOnlyList<string> arguments)
    {
        var result = await ProgramRunner.RunAsync(
            new ProgramCall(program, arguments) { WorkingDirectory = folder, Environment = app.Variables() },
            ReadOnlyMemory<byte>.Empty,
            Cancelled
        );
        return new ToolRun(result.ExitCode, result.Text, result.Error).Succeeded();
    }

    private string Block(string language, string part) =>
        CodeBlock()
            .Matches(page)
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["code"].Value)
            .First(code => code.Contains(part, StringComparison.Ordinal));

    private static string Packages(string folder, string needed)
    {
        var packages = SourceTree.PathOf($"{folder}/node_modules");
        if (!Directory.Exists(Path.Combine(packages, needed)))
        {
            Requires.Missing($"the packages of {folder} are not installed", "Install them: ./build test e2e");
        }

        return packages;
    }

    private static void Link(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in Directory.EnumerateFileSystemEntries(from))
        {
            var link = Path.Combine(to, Path.GetFileName(entry));
            if (Path.GetFileName(entry) is not (".bin" or "@types" or ".package-lock.json") && !Path.Exists(link))
            {
                Directory.CreateSymbolicLink(link, entry);
            }
        }
    }

    [GeneratedRegex(
        "```(?<language>[a-z]+)\n(?<code>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex CodeBlock();
}
