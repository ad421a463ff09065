using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Lading.Cdk;
using Lading.Oci;

namespace Lading.Tests.Cdk;

/// <summary>The code of docs/cdk.md and docs/languages.md, run.</summary>
[Collection(JsiiCollection.Name)]
public sealed partial class DocumentedUses : IDisposable
{
    private readonly CdkProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void A_stack_for_each_environment()
    {
        project.WriteLock("dev");
        project.WriteLock("prod");
        var app = project.App();
        _ = new StorefrontStack(app, "Dev", new StackProps { Env = Account("111111111111") });
        _ = new StorefrontStack(app, "Prod", new StackProps { Env = Account("222222222222") });

        foreach (var (id, account) in new[] { ("Dev", "111111111111"), ("Prod", "222222222222") })
        {
            var image = Assert.Single(CdkProject.Images((Stack)app.Node.FindChild(id)));
            Assert.Contains($"{account}.dkr.ecr.", image, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_stage_that_names_its_environment()
    {
        project.Write(
            "lading.json",
            CdkProject.DefaultConfiguration.Replace("\"prod\":", "\"canary\":", StringComparison.Ordinal)
        );
        project.WriteLock("canary");
        var app = project.App();
        var stage = new Stage(app, "Canary");
        stage.Node.SetContext("lading:env", "canary");
        var stack = new StorefrontStack(stage, "Storefront", new StackProps());

        Assert.Contains("222222222222", Assert.Single(CdkProject.Images(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_test()
    {
        var snapshot = Path.Combine(project.Root, "snapshot.json");
        File.WriteAllText(snapshot, Take());
        Run(snapshot);

        static void Run(string snapshot)
        {
            var app = new App();
            LadingImages.UseFixedDigests(app);
            var stack = new StorefrontStack(app, "Storefront", new StackProps());
            var template = JsonSerializer.Serialize(Template.FromStack(stack).ToJSON());
            Assert.Equal(File.ReadAllText(snapshot), template);
        }

        static string Take()
        {
            var app = new App(new AppProps { Context = new Dictionary<string, object> { ["lading:fixed"] = true } });
            var stack = new StorefrontStack(app, "Storefront", new StackProps());
            return JsonSerializer.Serialize(Template.FromStack(stack).ToJSON());
        }
    }

    [Theory]
    [InlineData("cdk.md")]
    [InlineData("languages.md")]
    public void Every_block_of_the_page_is_code_that_runs_here_or_in_the_sample(string name)
    {
        var top = FolderAbove(AppContext.BaseDirectory, "Lading.slnx");
        var page = File.ReadAllText(Path.Combine(top, "docs", name));
        var csharp = Unindented(
            File.ReadAllText(Path.Combine(top, "tests", "Lading.Tests", "Cdk", "DocumentedUses.cs"))
        );
        var typescript = Unindented(
            string.Concat(
                Directory
                    .EnumerateFiles(Path.Combine(top, "samples", "storefront", "infra-ts", "src"))
                    .Select(File.ReadAllText)
            )
        );

        var python = Unindented(
            string.Concat(
                Directory
                    .EnumerateFiles(Path.Combine(top, "samples", "storefront", "infra-py"), "*.py")
                    .Select(File.ReadAllText)
            )
        );

        var blocks = CodeBlock().Matches(page);

        Assert.NotEmpty(blocks);
        Assert.All(
            blocks,
            block =>
                Assert.Contains(
                    Unindented(block.Groups["code"].Value),
                    block.Groups["language"].Value switch
                    {
                        "ts" => typescript,
                        "python" => python,
                        _ => csharp,
                    },
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Other_pins_and_other_constructs()
    {
        project.WriteLock("dev");
        var app = project.App(("lading:fixed", true));
        DeploymentRecord.Disable(app);
        var stack = new FunctionStack(app, "Functions");
        var image = new LadingImage("web", new LadingImageProps { Pin = ImagePin.SourceTag });
        new FargateTaskDefinition(stack, "Task").AddContainer("web", new ContainerDefinitionOptions { Image = image });

        using var template = CdkProject.Json(stack);
        var text = template.RootElement.GetRawText();
        Assert.Contains("AWS::Lambda::Function", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/lading/", text, StringComparison.Ordinal);
        Assert.Empty(CdkProject.Errors(stack));
        Assert.Empty(CdkProject.Errors(new PlatformStack(app, "Platforms")));
    }

    [Fact]
    public void Repositories_and_the_aspect()
    {
        var app = project.App();
        var stack = new RepositoriesStack(app, "Repositories", new StackProps { Env = Account("111111111111") });
        var single = new RepositoryStack(app, "Repository", new StackProps { Env = Account("111111111111") });
        Aspects.Of(app).Add(new NoMutableImages());

        Template.FromStack(stack).ResourceCountIs("AWS::ECR::Repository", 2);
        Template.FromStack(single).ResourceCountIs("AWS::ECR::Repository", 1);
        Assert.Empty(CdkProject.Errors(stack));
    }

    private static Amazon.CDK.Environment Account(string account) =>
        new() { Account = account, Region = "ap-northeast-1" };

    private static string FolderAbove(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? folder : FolderAbove(Path.GetDirectoryName(folder)!, file);

    private static string Unindented(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(
        "```(?<language>csharp|ts|python)\n(?<code>.*?)```",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex CodeBlock();

    internal sealed class RepositoriesStack : Stack
    {
        public RepositoriesStack(Construct scope, string id, IStackProps props)
            : base(scope, id, props)
        {
            // One for each image of lading.json.
            ImageRepository.ForEachImage(this, new ImageRepositoryProps { PullOrganizations = ["o-a1b2c3d4e5"] });
        }
    }

    private sealed class RepositoryStack : Stack
    {
        public RepositoryStack(Construct scope, string id, IStackProps props)
            : base(scope, id, props)
        {
            _ = new ImageRepository(
                this,
                "Web",
                new ImageRepositoryProps
                {
                    Image = "web",
                    EncryptionKey = new Key(this, "Key"),
                    PullAccounts = ["222222222222", "333333333333"],
                }
            );
        }
    }

    private sealed class FunctionStack : Stack
    {
        public FunctionStack(Construct scope, string id)
            : base(scope, id)
        {
            var image = LadingImage.ReferenceFor(this, "web");
            _ = new DockerImageFunction(
                this,
                "Function",
                new DockerImageFunctionProps
                {
                    Code = DockerImageCode.FromEcr(
                        image.Repository,
                        new EcrImageCodeProps { TagOrDigest = image.TagOrDigest }
                    ),
                }
            );
        }
    }

    private sealed class PlatformStack : Stack
    {
        public PlatformStack(Construct scope, string id)
            : base(scope, id)
        {
            var image = LadingImage.ReferenceFor(
                this,
                "worker",
                new LadingImageProps { For = ImageConsumer.Lambda, Platform = Platform.LinuxArm64 }
            );
            _ = new CfnOutput(this, "Image", new CfnOutputProps { Value = image.Uri });
        }
    }

    private sealed class StorefrontStack : Stack
    {
        public StorefrontStack(Construct scope, string id, IStackProps props)
            : base(scope, id, props)
        {
            var task = new FargateTaskDefinition(this, "Task");
            task.AddContainer("web", new ContainerDefinitionOptions { Image = new LadingImage("web") });
        }
    }
}
