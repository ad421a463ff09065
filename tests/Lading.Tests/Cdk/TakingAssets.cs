using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Cdk.Synthesis;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class TakingAssets : IAsyncLifetime
{
    private static readonly Digest Published = Digest.OfBytes("web"u8);

    private TestRepository repository = null!;
    private CdkProject project = null!;
    private string fingerprint = null!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        project = new CdkProject(folder: repository.Folder);
        repository.Write("web/Dockerfile", "FROM scratch AS build\nARG KIND\nFROM scratch\nCOPY . /srv\n");
        repository.Write("web/.dockerignore", "notes\n");
        repository.Write("web/index.html", "hello");
        repository.Write("web/notes", "not in the image");
        repository.Write("worker/Dockerfile", "FROM scratch\nCOPY . /\n");
        repository.Write("worker/run", "run");
        repository.Write(".gitignore", "cdk.out/\n.lading/\n");
        await repository.CommitAsync("One");
        var plan = await ToolRun.InAsync(repository.Folder, "plan", "--offline", "--output", "json");
        using var json = plan.Succeeded().Document();
        fingerprint = json.RootElement.GetProperty("images")[0].GetProperty("fingerprint").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void One_with_the_inputs_of_a_published_image_is_that_image_and_is_not_built()
    {
        WriteLock();

        var (image, manifest) = Synthesize(new LadingSynthesizer(), account: "111111111111");

        Assert.EndsWith($"/storefront/web@{Published}\"]]}}", Compact(image), StringComparison.Ordinal);
        Assert.Contains("\"111111111111.dkr.ecr.ap-northeast-1.\"", Compact(image), StringComparison.Ordinal);
        Assert.False(manifest.TryGetProperty("dockerImages", out var images) && images.EnumerateObject().Any());
    }

    [Fact]
    public void Any_other_is_named_by_its_identity_in_a_repository_of_the_app()
    {
        var (image, manifest) = Synthesize(new LadingSynthesizer());

        var tag = $"src-{fingerprint[..40]}";
        Assert.EndsWith($"/storefront/assets:{tag}\"}}", Compact(image), StringComparison.Ordinal);
        var asset = manifest.GetProperty("dockerImages").EnumerateObject().Single().Value;
        Assert.Equal("linux/amd64", asset.GetProperty("source").GetProperty("platform").GetString());
        var destination = asset.GetProperty("destinations").EnumerateObject().Single().Value;
        Assert.Equal("storefront/assets", destination.GetProperty("repositoryName").GetString());
        Assert.Equal(tag, destination.GetProperty("imageTag").GetString());
        Assert.False(destination.TryGetProperty("assumeRoleArn", out _));
    }

    [Fact]
    public void Files_go_where_they_always_went()
    {
        var (_, manifest) = Synthesize(new LadingSynthesizer());

        var template = manifest.GetProperty("files").EnumerateObject().Single().Value;
        Assert.Contains(
            "cdk-hnb659fds-file-publishing-role",
            template.GetProperty("destinations").GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_role_and_a_repository_can_be_named_and_the_rest_of_the_bootstrap_too()
    {
        var (image, manifest) = Synthesize(
            new LadingSynthesizer(
                new LadingSynthesizerProps
                {
                    Repository = "shop/images",
                    PublishingRoleArn = "arn:aws:iam::111111111111:role/publisher",
                    Bootstrap = new DefaultStackSynthesizerProps { Qualifier = "ours" },
                }
            )
        );

        Assert.Contains("/shop/images:src-", image, StringComparison.Ordinal);
        Assert.Contains(
            "arn:aws:iam::111111111111:role/publisher",
            manifest.GetProperty("dockerImages").GetRawText(),
            StringComparison.Ordinal
        );
        Assert.Contains("cdk-ours-file-publishing-role", manifest.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_synthesizer_does_for_all_stacks_of_an_app()
    {
        var app = new App(
            new AppProps
            {
                Outdir = Path.Combine(project.Root, "cdk.out"),
                DefaultStackSynthesizer = new LadingSynthesizer(),
            }
        );
        AppImages.Place(app, new Surroundings(project.Root, _ => null));
        AddTask(new Stack(app, "One"), "web");
        AddTask(new Stack(app, "Two"), "worker");
        app.Synth();

        foreach (var name in new[] { "One", "Two" })
        {
            var manifest = File.ReadAllText(Path.Combine(project.Root, "cdk.out", $"{name}.assets.json"));
            Assert.Contains("storefront/assets", manifest, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void With_fixed_digests_a_change_of_a_file_changes_no_template()
    {
        var (before, _) = Synthesize(new LadingSynthesizer(), isFixed: true);
        CopyWeb("other");
        repository.Write("other/index.html", "other");
        var (after, _) = Synthesize(new LadingSynthesizer(), isFixed: true, folder: "other");

        Assert.Equal(before, after);
        Assert.Contains("@sha256:" + new string('0', 64), before, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_and_files_are_part_of_the_identity()
    {
        var (plain, _) = Synthesize(new LadingSynthesizer());
        var (argued, _) = Synthesize(
            new LadingSynthesizer(),
            new AssetImageProps { BuildArgs = new Dictionary<string, string> { ["KIND"] = "b" } }
        );
        // CDK stages a folder once a process.
        CopyWeb("same");
        repository.Write("same/notes", "still not in the image");
        var (same, _) = Synthesize(new LadingSynthesizer(), folder: "same");
        CopyWeb("changed");
        repository.Write("changed/index.html", "other");
        var (changed, _) = Synthesize(new LadingSynthesizer(), folder: "changed");

        Assert.NotEqual(plain, argued);
        Assert.Equal(plain, same);
        Assert.NotEqual(plain, changed);
    }

    private (string Image, JsonElement Manifest) Synthesize(
        LadingSynthesizer synthesizer,
        AssetImageProps? asset = null,
        string? account = null,
        bool isFixed = false,
        string folder = "web"
    )
    {
        var app = project.App(("lading:fixed", isFixed));
        var stack = new Stack(
            app,
            "Storefront",
            new StackProps
            {
                Synthesizer = synthesizer,
                Env = account is null
                    ? null
                    : new Amazon.CDK.Environment { Account = account, Region = "ap-northeast-1" },
            }
        );
        AddTask(stack, folder, asset);
        var assembly = app.Synth();
        var text = File.ReadAllText(Path.Combine(assembly.Directory, "Storefront.assets.json"));
        using var manifest = JsonDocument.Parse(text);
        using var template = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(assembly.Directory, "Storefront.template.json"))
        );
        var image = template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Single(each => each.Value.GetProperty("Type").GetString() == "AWS::ECS::TaskDefinition")
            .Value.GetProperty("Properties")
            .GetProperty("ContainerDefinitions")[0]
            .GetProperty("Image")
            .GetRawText();
        return (image, manifest.RootElement.Clone());
    }

    private void AddTask(Stack stack, string image, AssetImageProps? asset = null) =>
        new FargateTaskDefinition(stack, "Task").AddContainer(
            "main",
            new ContainerDefinitionOptions
            {
                Image = ContainerImage.FromAsset(
                    Path.Combine(project.Root, image),
                    asset ?? new AssetImageProps { File = "Dockerfile" }
                ),
            }
        );

    private void CopyWeb(string folder)
    {
        foreach (var name in new[] { "Dockerfile", ".dockerignore", "index.html", "notes" })
        {
            repository.Write($"{folder}/{name}", repository.Read($"web/{name}"));
        }
    }

    private void WriteLock() =>
        project.WriteLock(
            "dev",
            null,
            [("web", new LockedImage("storefront/web", Published, fingerprint, null, [Platform.LinuxAmd64]))]
        );

    private static string Compact(string json) => string.Concat(json.Where(c => !char.IsWhiteSpace(c)));
}
