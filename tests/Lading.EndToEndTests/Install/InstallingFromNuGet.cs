using System.Runtime.InteropServices;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Install;

/// <summary>The same with .NET: the tool and the constructs from a feed with nothing but Lading's packages.</summary>
public sealed class InstallingFromNuGet(MotoServer moto, ContainerEngines engines) : IAsyncLifetime
{
    private readonly Newcomer newcomer = new(moto, "444444444444");

    private TestRepository Repository => newcomer.Repository;

    /// <summary>
    /// NuGet's package folder on this machine, which works as a feed too: the CDK's packages come from there.
    /// </summary>
    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public async ValueTask InitializeAsync()
    {
        var cdk = SourceTree.PathOf("samples/storefront/node_modules/.bin/cdk");
        if (!File.Exists(cdk))
        {
            Requires.Missing("the CDK command line is not installed", "Install it: npm ci in samples/storefront");
        }

        await engines.RequireAsync("docker");
        await newcomer.InitializeAsync();
        newcomer.Install("dotnet", "node", "git", "sh", "env", "docker");
        File.CreateSymbolicLink(Path.Combine(newcomer.Scratch, "bin", "cdk"), cdk);
    }

    public ValueTask DisposeAsync() => newcomer.DisposeAsync();

    [Fact]
    public async Task The_tool_and_the_constructs_of_a_feed_lead_to_a_deployed_stack()
    {
        await FillFeedAsync();
        WriteShop();
        await Repository.CommitAsync("A shop");

        (await newcomer.RunAsync("dotnet", "new", "tool-manifest")).Succeeded();
        (await newcomer.RunAsync("dotnet", "tool", "install", "Lading")).Succeeded();
        (await newcomer.RunAsync("dotnet", "lading", "init")).Succeeded();
        newcomer.NameTheEnvironment();
        await Repository.CommitAsync("Add lading.json");
        (await newcomer.BootstrapAsync()).Succeeded();
        var deployed = (
            await newcomer.RunAsync("dotnet", "lading", "deploy", "--env", "dev", "--require-approval", "never")
        ).Succeeded();

        await newcomer.EnsureDeployedAsync(deployed);
    }

    /// <summary>Packs the tool with the program of this machine, and the libraries as built with the tests.</summary>
    private async Task FillFeedAsync()
    {
        var feed = Path.Combine(newcomer.Scratch, "feed");
        var programs = Directory.CreateDirectory(Path.Combine(newcomer.Scratch, "programs")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(programs, RuntimeInformation.RuntimeIdentifier), Newcomer.Programs);
        await Newcomer.MakeAsync("bash", "eng/nuget-tool.sh", programs, feed);
        foreach (var library in (string[])["Lading.Core", "Lading.Cdk"])
        {
            await Newcomer.MakeAsync(
                "dotnet",
                "pack",
                $"src/{library}",
                "-p:RunAnalyzers=false",
                "-v",
                "quiet",
                "-o",
                feed,
                "-c",
                "Debug"
            );
        }

        Repository.Write(
            "nuget.config",
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(newcomer.Scratch, "nuget")}" />
              </config>
              <packageSources>
                <clear />
                <add key="lading" value="{feed}" />
                <add key="machine" value="{MachinePackages}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="lading"><package pattern="Lading*" /></packageSource>
                <packageSource key="machine"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>

            """
        );
    }

    /// <summary>A CDK app as <c>cdk init app --language csharp</c> lays it out, with one task.</summary>
    private void WriteShop()
    {
        newcomer.WriteWeb();
        Repository
            .Write(".gitignore", "bin/\nobj/\ncdk.out/\n")
            .Write("cdk.json", """{ "app": "dotnet run --project src/Shop/Shop.csproj" }""" + "\n")
            .Write(
                "src/Shop/Shop.csproj",
                """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <NoWarn>$(NoWarn);NU1603</NoWarn>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Amazon.CDK.Lib" Version="2.160.0" />
                    <PackageReference Include="Lading.Cdk" Version="0.*" />
                  </ItemGroup>
                </Project>

                """
            )
            .Write(
                "src/Shop/Program.cs",
                """
                using Amazon.CDK;
                using Amazon.CDK.AWS.ECS;
                using Lading.Cdk;

                var app = new App();
                var stack = new Stack(app, "Shop", new StackProps
                {
                    Env = new Amazon.CDK.Environment
                    {
                        Account = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_ACCOUNT"),
                        Region = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_REGION"),
                    },
                });
                var task = new FargateTaskDefinition(stack, "Task");
                task.AddContainer("web", new ContainerDefinitionOptions { Image = new LadingImage("web") });
                app.Synth();

                """
            );
    }
}
