using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Install;

/// <summary>
/// The three commands of the README on a machine without .NET, from a registry with nothing but Lading's packages.
/// </summary>
public sealed partial class InstallingFromNpm(MotoServer moto, ContainerEngines engines) : IAsyncLifetime
{
    private readonly Newcomer newcomer = new(moto, "333333333333");

    private static string Sample => SourceTree.PathOf("samples/storefront/infra-ts");

    private TestRepository Repository => newcomer.Repository;

    public async ValueTask InitializeAsync()
    {
        Requires.Node();
        if (!Directory.Exists(Path.Combine(Sample, "node_modules", "aws-cdk")))
        {
            Requires.Missing(
                "the packages of the TypeScript sample are not installed",
                "Install them: ./build test e2e"
            );
        }

        await engines.RequireAsync("docker");
        await newcomer.InitializeAsync();
        newcomer.Install("node", "npm", "npx", "git", "sh", "env", "docker");
    }

    public ValueTask DisposeAsync() => newcomer.DisposeAsync();

    [Fact]
    public async Task Without_dotnet_three_commands_lead_to_a_deployed_stack()
    {
        await using var registry = await ServeAsync();
        await WriteShopAsync();
        Assert.NotEqual(0, (await newcomer.RunAsync("sh", "-c", "command -v dotnet")).ExitCode);

        (await newcomer.RunAsync("npm", "install", "--save-dev", "lading", "lading-cdk")).Succeeded();
        var init = (await newcomer.RunAsync("npx", "lading", "init")).Succeeded();
        newcomer.NameTheEnvironment();
        await Repository.CommitAsync("Add lading.json");
        (
            await newcomer.RunAsync(
                "npx",
                "cdk",
                "bootstrap",
                $"aws://{newcomer.Account}/{TestCloud.Region}",
                "--profile",
                "shop"
            )
        ).Succeeded();
        var deployed = (
            await newcomer.RunAsync("npx", "lading", "deploy", "--env", "dev", "--require-approval", "never")
        ).Succeeded();

        Assert.Contains("web", init.Out + init.Error, StringComparison.Ordinal);
        await newcomer.EnsureDeployedAsync(deployed);
    }

    /// <summary>Packs the npm packages with the program of this machine, and serves them and nothing else.</summary>
    private async Task<RunningServer> ServeAsync()
    {
        var programs = Directory.CreateDirectory(Path.Combine(newcomer.Scratch, "programs")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(programs, RuntimeInformation.RuntimeIdentifier), Newcomer.Programs);
        var packages = Path.Combine(newcomer.Scratch, "packages");
        await Newcomer.MakeAsync("bash", "eng/npm-packages.sh", programs, packages);
        var registry = SourceTree.PathOf("packaging/test/registry.mjs");
        var call = new ProgramCall("node", registry, packages, Path.Combine(Sample, "node_modules"));
        var (server, address) = await RunningServer.StartAsync(call, Serving());
        Repository.Write(".npmrc", $"registry={address}\naudit=false\nfund=false\nupdate-notifier=false\n");
        return server;
    }

    /// <summary>
    /// A CDK app in TypeScript as at the start of docs/typescript.md, with the packages that it has before Lading is
    /// installed.
    /// </summary>
    private async Task WriteShopAsync()
    {
        newcomer.WriteWeb();
        Repository
            .Write(".gitignore", "node_modules/\ncdk.out/\n")
            .Write("cdk.json", """{ "app": "npx tsx bin/shop.ts" }""" + "\n")
            .Write(
                "package.json",
                """
                { "name": "shop", "private": true,
                  "dependencies": { "aws-cdk-lib": "^2.160.0", "constructs": "^10.0.0" },
                  "devDependencies": { "aws-cdk": "^2.1000.0", "tsx": "^4.0.0" } }

                """
            )
            .Write(
                "bin/shop.ts",
                """
                import { App } from "aws-cdk-lib/core";
                import { ShopStack } from "../lib/shop-stack";

                const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
                new ShopStack(new App(), "Shop", { env });

                """
            )
            .Write(
                "lib/shop-stack.ts",
                """
                import * as cdk from "aws-cdk-lib/core";
                import { FargateTaskDefinition } from "aws-cdk-lib/aws-ecs";
                import { Construct } from "constructs";
                import { LadingImage } from "lading-cdk";

                export class ShopStack extends cdk.Stack {
                  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
                    super(scope, id, props);
                    const task = new FargateTaskDefinition(this, "Task");
                    task.addContainer("web", { image: new LadingImage("web") });
                  }
                }

                """
            );
        var modules = Path.Combine(Repository.Folder, "node_modules");
        // Hard links if the file system has them: copying 250 MB takes longer than everything else here.
        const string Copy = "cp -al \"$0\" \"$1\" 2> /dev/null || { rm -rf \"$1\" && cp -R \"$0\" \"$1\"; }";
        await Newcomer.MakeAsync("sh", "-c", Copy, Path.Combine(Sample, "node_modules"), modules);
        Directory.Delete(Path.Combine(modules, "lading-cdk"), recursive: true);
        // npm's notes about the folder that the packages come from do not apply here; without them, it looks for
        // itself.
        File.Delete(Path.Combine(modules, ".package-lock.json"));
        await Repository.CommitAsync("A shop");
    }

    [GeneratedRegex(@"serving (?<said>http://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Serving();
}
