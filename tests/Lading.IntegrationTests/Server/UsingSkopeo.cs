using System.Text.Json;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.IntegrationTests.Server;

public sealed class UsingSkopeo : IAsyncLifetime
{
    private AwsPrograms aws = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Requires.Skopeo();
        aws = await AwsPrograms.StartAsync();
    }

    public ValueTask DisposeAsync() => aws.DisposeAsync();

    [Fact]
    public async Task An_index_is_pushed_and_pulled_with_the_same_bytes()
    {
        var index = await LayoutAsync();
        await CopyAsync($"oci:{aws.Folder.Combine("source")}:v1", Remote("team/app:v1"));
        var inspected = await aws.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", Remote("team/app:v1"));
        Assert.Equal(index.Digest, Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(inspected)));
        await CopyAsync(Remote("team/app:v1"), Remote("team/copy:v2"));
        await CopyAsync(Remote("team/copy:v2"), $"oci:{aws.Folder.Combine("target")}:v1");
        var target = new ImageLayout(aws.Folder.Combine("target"));
        Assert.Equal(index.Digest, (await target.FindManifestAsync(Tag.Parse("v1"), Cancellation))?.Digest);

        var tags = await aws.RunAsync(
            "skopeo",
            ["list-tags", "--tls-verify=false", $"docker://{aws.Registry.Host}/team/copy"]
        );
        using var document = JsonDocument.Parse(tags);
        Assert.Equal("v2", document.RootElement.GetProperty("Tags")[0].GetString());
    }

    [Fact]
    public async Task The_store_is_plain_layouts()
    {
        var index = await LayoutAsync();
        await CopyAsync($"oci:{aws.Folder.Combine("source")}:v1", Remote("team/app:v1"));
        var path = aws.Registry.Store.PathOf(RepositoryName.Parse("team/app"));
        await CopyAsync($"oci:{path}:v1", $"oci:{aws.Folder.Combine("target")}:v1");
        var target = new ImageLayout(aws.Folder.Combine("target"));
        Assert.Equal(index.Digest, (await target.FindManifestAsync(Tag.Parse("v1"), Cancellation))?.Digest);
    }

    [Fact]
    public async Task An_image_that_skopeo_deletes_is_gone()
    {
        await LayoutAsync();
        await CopyAsync($"oci:{aws.Folder.Combine("source")}:v1", Remote("team/app:v1"));
        await aws.RunAsync("skopeo", "delete", "--tls-verify=false", Remote("team/app:v1"));
        var layout = aws.Registry.Store.Open(RepositoryName.Parse("team/app"));
        Assert.Empty(await layout.ListTagsAsync(Cancellation));
    }

    private string Remote(string name) => $"docker://{aws.Registry.Host}/{name}";

    private Task<string> CopyAsync(string from, string to) =>
        aws.RunAsync(
            "skopeo",
            [
                "copy",
                "--quiet",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                from,
                to,
            ]
        );

    /// <summary>A layout in the folder <c>source</c>, with an index of two images.</summary>
    private async Task<ManifestContent> LayoutAsync()
    {
        var layout = new ImageLayout(aws.Folder.Combine("source"));
        var children = new List<Descriptor>();
        foreach (var platform in (string[])["linux/amd64", "linux/arm64"])
        {
            var image = new SmallImage(platform, layerType: MediaTypes.OciLayerGzip);
            await image.PutAsync(layout, null, Cancellation);
            children.Add(image.Manifest.Descriptor with { Platform = Platform.Parse(platform) });
        }

        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = children,
            }
        );
        await layout.PutManifestAsync(index, Tag.Parse("v1"), Cancellation);
        return index;
    }
}
