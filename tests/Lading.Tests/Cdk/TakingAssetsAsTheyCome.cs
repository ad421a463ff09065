using Amazon.CDK;
using Lading.Cdk;
using Lading.Cdk.Synthesis;

namespace Lading.Tests.Cdk;

/// <summary>
/// Image assets in apps as the CDK command line starts them, with customized bootstraps, and with mistakes.
/// </summary>
[Collection(JsiiCollection.Name)]
public sealed class TakingAssetsAsTheyCome : IAsyncLifetime
{
    private readonly AssetProject assets = new();

    public ValueTask InitializeAsync() => assets.InitializeAsync();

    public ValueTask DisposeAsync() => assets.DisposeAsync();

    [Fact]
    public void Keeps_the_roles_of_the_bootstrap()
    {
        var tags = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Tags"] = new[]
            {
                new Dictionary<string, string>(StringComparer.Ordinal) { ["Key"] = "team", ["Value"] = "shop" },
            },
        };
        var (_, manifest) = assets.Synthesize(
            new LadingSynthesizer(
                new LadingSynthesizerProps
                {
                    Bootstrap = new DefaultStackSynthesizerProps
                    {
                        DeployRoleAdditionalOptions = tags,
                        FileAssetPublishingRoleAdditionalOptions = tags,
                        LookupRoleAdditionalOptions = tags,
                    },
                }
            )
        );

        Assert.Contains("\"shop\"", manifest.GetProperty("files").GetRawText(), StringComparison.Ordinal);
        var assembly = File.ReadAllText(Path.Combine(assets.Project.Root, "cdk.out", "manifest.json"));
        Assert.Equal(2, assembly.Split("\"shop\"").Length - 1);
    }

    /// <summary>The CDK command line passes 'cdk.out'.</summary>
    [Fact]
    public void The_folder_of_the_assembly_may_be_relative()
    {
        var app = new App(
            new AppProps
            {
                Outdir = Path.GetRelativePath(
                    Directory.GetCurrentDirectory(),
                    Path.Combine(assets.Project.Root, "cdk.out")
                ),
                DefaultStackSynthesizer = new LadingSynthesizer(),
            }
        );
        AppImages.Use(app, new Surroundings(assets.Project.Root, _ => null));
        assets.AddTask(new Stack(app, "One"), "web");
        app.Synth();

        var manifest = File.ReadAllText(Path.Combine(assets.Project.Root, "cdk.out", "One.assets.json"));
        Assert.Contains($"src-{assets.Fingerprint[..40]}", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_becomes_an_error_of_the_stack()
    {
        assets.Repository.Write("web/Dockerfile", "FROMM scratch\n");
        var app = assets.Project.App();
        var broken = new Stack(app, "Broken", new StackProps { Synthesizer = new LadingSynthesizer() });
        assets.AddTask(broken, "web");
        Assert.Contains(
            "Could not read Dockerfile",
            Assert.Single(CdkProject.Errors(broken)),
            StringComparison.Ordinal
        );

        File.Delete(Path.Combine(assets.Project.Root, "lading.json"));
        var nowhere = new Stack(
            assets.Project.App(),
            "Nowhere",
            new StackProps { Synthesizer = new LadingSynthesizer() }
        );
        Assert.Contains(
            "Could not find a repository for the image assets of stack Nowhere",
            Assert.Single(CdkProject.Errors(nowhere)),
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// An environment may be named for an app with stacks in another account, which does not have its images.
    /// </summary>
    [Theory]
    [InlineData("111111111111", true)]
    [InlineData("222222222222", false)]
    public void Images_of_a_named_environment_come_from_its_own_account(string account, bool isPublished)
    {
        assets.WriteLock();

        var (image, _) = assets.Synthesize(new LadingSynthesizer(), account: account, environment: "dev");

        Assert.Equal(isPublished, image.Contains($"@{AssetProject.Published}", StringComparison.Ordinal));
    }
}
