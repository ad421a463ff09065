using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Cdk.Synthesis;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class TakingAssets : IAsyncLifetime
{
    private readonly AssetProject assets = new();

    public ValueTask InitializeAsync() => assets.InitializeAsync();

    public ValueTask DisposeAsync() => assets.DisposeAsync();

    [Fact]
    public void One_with_the_inputs_of_a_published_image_uses_that_image_without_a_build()
    {
        assets.WriteLock();

        var (image, manifest) = assets.Synthesize(new LadingSynthesizer(), account: "111111111111");

        Assert.EndsWith($"/storefront/web@{AssetProject.Published}\"]]}}", Compact(image), StringComparison.Ordinal);
        Assert.Contains("\"111111111111.dkr.ecr.ap-northeast-1.\"", Compact(image), StringComparison.Ordinal);
        Assert.False(manifest.TryGetProperty("dockerImages", out var images) && images.EnumerateObject().Any());
    }

    [Fact]
    public void Any_other_is_named_by_its_identity_in_a_repository_of_the_app()
    {
        var (image, manifest) = assets.Synthesize(new LadingSynthesizer());

        var tag = $"src-{assets.Fingerprint[..40]}";
        Assert.EndsWith($"/storefront/assets:{tag}\"}}", Compact(image), StringComparison.Ordinal);
        var asset = manifest.GetProperty("dockerImages").EnumerateObject().Single().Value;
        Assert.Equal("linux/amd64", asset.GetProperty("source").GetProperty("platform").GetString());
        var destination = asset.GetProperty("destinations").EnumerateObject().Single().Value;
        Assert.Equal("storefront/assets", destination.GetProperty("repositoryName").GetString());
        Assert.Equal(tag, destination.GetProperty("imageTag").GetString());
        Assert.False(destination.TryGetProperty("assumeRoleArn", out _));
    }

    [Fact]
    public void File_assets_go_where_they_always_went()
    {
        var (_, manifest) = assets.Synthesize(new LadingSynthesizer());

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
        var (image, manifest) = assets.Synthesize(
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
    public void One_synthesizer_serves_all_stacks_of_an_app()
    {
        var app = new App(
            new AppProps
            {
                Outdir = Path.Combine(assets.Project.Root, "cdk.out"),
                DefaultStackSynthesizer = new LadingSynthesizer(),
            }
        );
        AppImages.Use(app, new Surroundings(assets.Project.Root, _ => null));
        assets.AddTask(new Stack(app, "One"), "web");
        assets.AddTask(new Stack(app, "Two"), "worker");
        app.Synth();

        foreach (var name in new[] { "One", "Two" })
        {
            var manifest = File.ReadAllText(Path.Combine(assets.Project.Root, "cdk.out", $"{name}.assets.json"));
            Assert.Contains("storefront/assets", manifest, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void With_fixed_digests_a_change_of_a_file_changes_no_template()
    {
        var (before, _) = assets.Synthesize(new LadingSynthesizer(), isFixed: true);
        CopyWeb("other");
        assets.Repository.Write("other/index.html", "other");
        var (after, _) = assets.Synthesize(new LadingSynthesizer(), isFixed: true, folder: "other");

        Assert.Equal(before, after);
        Assert.Contains("@sha256:" + new string('0', 64), before, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_and_files_are_part_of_the_identity()
    {
        var (plain, _) = assets.Synthesize(new LadingSynthesizer());
        var (argued, _) = assets.Synthesize(
            new LadingSynthesizer(),
            new AssetImageProps { BuildArgs = new Dictionary<string, string> { ["KIND"] = "b" } }
        );
        // CDK stages each folder once per process.
        CopyWeb("same");
        assets.Repository.Write("same/notes", "still not in the image");
        var (same, _) = assets.Synthesize(new LadingSynthesizer(), folder: "same");
        CopyWeb("changed");
        assets.Repository.Write("changed/index.html", "other");
        var (changed, _) = assets.Synthesize(new LadingSynthesizer(), folder: "changed");

        Assert.NotEqual(plain, argued);
        Assert.Equal(plain, same);
        Assert.NotEqual(plain, changed);
    }

    private void CopyWeb(string folder)
    {
        foreach (var name in new[] { "Dockerfile", ".dockerignore", "index.html", "notes" })
        {
            assets.Repository.Write($"{folder}/{name}", assets.Repository.Read($"web/{name}"));
        }
    }

    private static string Compact(string json) => string.Concat(json.Where(c => !char.IsWhiteSpace(c)));
}
