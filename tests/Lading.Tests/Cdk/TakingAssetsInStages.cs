using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.Pipelines;
using Constructs;
using Lading.Cdk;
using Lading.Cdk.Synthesis;

namespace Lading.Tests.Cdk;

/// <summary>Image assets in stages, whose assemblies are within the app's.</summary>
[Collection(JsiiCollection.Name)]
public sealed class TakingAssetsInStages : IAsyncLifetime
{
    private readonly AssetProject assets = new();

    private static StackProps Tokyo =>
        new()
        {
            Env = new Amazon.CDK.Environment { Account = "111111111111", Region = "ap-northeast-1" },
        };

    private string Tag => $"src-{assets.Fingerprint[..40]}";

    public ValueTask InitializeAsync() => assets.InitializeAsync();

    public ValueTask DisposeAsync() => assets.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stage_and_a_nested_stage_have_their_own_assemblies(bool isRelative)
    {
        var app = App(isRelative);
        var outer = new Stage(app, "Prod");
        var inner = new Stage(outer, "Tokyo");
        assets.AddTask(new Stack(outer, "Shop"), "web");
        assets.AddTask(new Stack(inner, "Shop"), "web");

        app.Synth();

        Assert.Equal(
            ["cdk.out/assembly-Prod/ProdShop*", "cdk.out/assembly-Prod/assembly-Prod-Tokyo/ProdTokyoShop*"],
            Manifests().Where(file => IsOf(file, Tag)).Select(Shown)
        );
    }

    [Fact]
    public void A_nested_stack_has_the_assets_of_its_parent()
    {
        var app = App(isRelative: false);
        var stage = new Stage(app, "Prod");
        assets.AddTask(new NestedStack(new Stack(stage, "Shop"), "Inner"), "web");

        app.Synth();

        Assert.Equal(["cdk.out/assembly-Prod/ProdShop*"], Manifests().Where(file => IsOf(file, Tag)).Select(Shown));
    }

    [Fact]
    public void A_pipeline_publishes_the_images_of_its_stages()
    {
        var app = App(isRelative: false);
        var stack = new Stack(app, "Pipeline", Tokyo);
        var pipeline = new CodePipeline(
            stack,
            "Pipeline",
            new CodePipelineProps
            {
                Synth = new ShellStep(
                    "Synth",
                    new ShellStepProps
                    {
                        Commands = ["npx cdk synth"],
                        Input = CodePipelineSource.Connection(
                            "storefront/app",
                            "main",
                            new ConnectionSourceOptions
                            {
                                ConnectionArn = "arn:aws:codestar-connections:eu-west-1:111111111111:connection/1",
                            }
                        ),
                    }
                ),
            }
        );
        var stage = new Stage(app, "Prod", new StageProps { Env = Tokyo.Env });
        assets.AddTask(new Stack(stage, "Shop"), "web");
        pipeline.AddStage(stage);

        app.Synth();

        Assert.Equal(["cdk.out/assembly-Prod/ProdShop*"], Manifests().Where(file => IsOf(file, Tag)).Select(Shown));
        Assert.Contains(
            "ProdShop",
            File.ReadAllText(Path.Combine(assets.Project.Root, "cdk.out", "Pipeline.template.json")),
            StringComparison.Ordinal
        );
    }

    private App App(bool isRelative)
    {
        var output = Path.Combine(assets.Project.Root, "cdk.out");
        var app = new App(
            new AppProps
            {
                Outdir = isRelative ? Path.GetRelativePath(Directory.GetCurrentDirectory(), output) : output,
                DefaultStackSynthesizer = new LadingSynthesizer(),
            }
        );
        AppImages.Use(app, new Surroundings(assets.Project.Root, _ => null));
        return app;
    }

    private IEnumerable<string> Manifests() =>
        Directory
            .EnumerateFiles(Path.Combine(assets.Project.Root, "cdk.out"), "*.assets.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    private static bool IsOf(string file, string tag)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(file));
        return manifest.RootElement.GetProperty("dockerImages").EnumerateObject().Any()
            && manifest.RootElement.GetRawText().Contains(tag, StringComparison.Ordinal);
    }

    /// <summary>CDK appends eight digits of a hash to the name.</summary>
    private string Shown(string file) =>
        Path.GetRelativePath(assets.Project.Root, file).Replace('\\', '/')[..^".assets.json".Length][..^8] + "*";
}
