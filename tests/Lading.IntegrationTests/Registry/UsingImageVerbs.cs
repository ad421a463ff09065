using Lading.Layout;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Registry;

/// <summary><c>lading image</c> beside other programs: each reads what the other writes.</summary>
public sealed class UsingImageVerbs : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private DockerRegistryServer server = null!;
    private GeneratedImage image = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Web => $"{server.Host}/shop/web";

    public async ValueTask InitializeAsync()
    {
        server = await DockerRegistryServer.StartAsync();
        image = await GeneratedImage.CreateAsync(3, 50_000, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        image.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("oci-archive:{0}/saved.tar:v1")]
    [InlineData("oci:{0}/layout:v1")]
    public async Task Skopeo_reads_a_written_layout_under_the_same_digest(string place)
    {
        await RunAsync("copy", $"oci:{image.Path}", Located(place));

        Assert.Equal(image.Digest.ToString(), await Skopeo.DigestAsync(Located(place)));
    }

    [Theory]
    [InlineData("oci-archive:{0}/saved.tar:v1")]
    [InlineData("oci:{0}/layout:v1")]
    public async Task Reads_a_layout_of_skopeo_under_the_same_digest(string place)
    {
        await Skopeo.CopyAsync($"oci:{image.Path}:latest", Located(place));

        var run = await RunAsync("push", Located(place), $"{Web}:v1");

        Assert.Equal($"{Web}:v1@{image.Digest}", run.Out.Trim());
    }

    [Fact]
    public async Task Docker_archives_work_in_both_directions()
    {
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");
        await RunAsync("pull", $"{Web}:v1", Located("docker-archive:{0}/ours.tar:example.com/web:v1"));
        await Skopeo.CopyAsync(
            Located("docker-archive:{0}/ours.tar:example.com/web:v1"),
            Located("docker-archive:{0}/theirs.tar:example.com/web:v2")
        );

        await RunAsync("push", Located("docker-archive:{0}/theirs.tar:example.com/web:v2"), $"{Web}:v2");

        Assert.Equal(await DiffIdsAsync("v1"), await DiffIdsAsync("v2"));
    }

    [Fact]
    public async Task An_index_is_copied_whole_and_skopeo_takes_either_platform()
    {
        using var index = await GeneratedIndex.CreateAsync(2, 10_000, Cancelled);
        await RunAsync("push", $"oci:{index.Path}:multi", $"{Web}:multi");

        await Skopeo.CopyAsync($"docker://{Web}:multi", Located("oci:{0}/arm:v1"), "--override-arch=arm64");
        await Skopeo.CopyAsync($"docker://{Web}:multi", Located("oci:{0}/all:v1"), "--all");

        Assert.Equal(index.Manifest.Children[1].Digest, (await FindAsync("arm"))?.Digest);
        Assert.Equal(index.Manifest.Digest, (await FindAsync("all"))?.Digest);
    }

    [Fact]
    public async Task Referrers_are_kept_under_a_tag_if_the_registry_does_not_list_them()
    {
        var empty = "{}"u8.ToArray();
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciEmpty,
            Digest = Digest.OfBytes(empty),
            Size = 2,
        };
        await image.Layout.PutBlobAsync(
            new ReadableBlob(config, _ => Task.FromResult<Stream>(new MemoryStream(empty))),
            null,
            Cancelled
        );
        foreach (var type in new[] { "application/vnd.example.one", "application/vnd.example.two" })
        {
            var artifact = ManifestContent.Of(
                new ManifestDocument
                {
                    SchemaVersion = 2,
                    MediaType = MediaTypes.OciManifest,
                    ArtifactType = type,
                    Config = config,
                    Layers = [config],
                    Subject = image.Manifest.Descriptor,
                }
            );
            await image.Layout.PutManifestAsync(artifact, null, Cancelled);
        }

        await RunAsync("push", $"oci:{image.Path}:latest", $"{Web}:v1", "--referrers");

        var listed = await RunAsync("referrers", $"{Web}:v1");
        Assert.Contains("application/vnd.example.one", listed.Out, StringComparison.Ordinal);
        Assert.Contains("application/vnd.example.two", listed.Out, StringComparison.Ordinal);
        Assert.Contains($"sha256-{image.Digest.Hex}", (await RunAsync("list", Web)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_cannot_delete_tags_is_reported_with_the_remedy()
    {
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var missing = await RunAsync("delete", $"{Web}:v9");
        var refused = await ToolRun.InAsync(folder.Path, "image", "delete", $"{Web}:v1");
        await RunAsync("delete", $"{Web}@{image.Digest}");

        Assert.Contains("was not there", missing.Error, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("by its digest", refused.Error, StringComparison.Ordinal);
        Assert.Equal("", (await RunAsync("list", Web)).Out);
    }

    [Fact]
    public async Task A_missing_tag_is_reported_with_the_command_that_lists_the_others()
    {
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var run = (await ToolRun.InAsync(folder.Path, "image", "inspect", $"{Web}:v9")).Failed(FailureKind.Failed);

        Assert.EndsWith($"List its tags: lading image list {Web}\n", run.Error, StringComparison.Ordinal);
    }

    private string Located(string place) => place.Replace("{0}", folder.Path, StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>?> DiffIdsAsync(string tag)
    {
        using var read = (await RunAsync("inspect", $"{Web}:{tag}", "--output", "json")).Document();
        return
        [
            .. read
                .RootElement.GetProperty("configuration")
                .GetProperty("rootfs")
                .GetProperty("diff_ids")
                .EnumerateArray()
                .Select(id => id.GetString()!),
        ];
    }

    private Task<Descriptor?> FindAsync(string layout) =>
        new ImageLayout(folder.Combine(layout)).FindManifestAsync(Tag.Parse("v1"), Cancelled);

    private async Task<ToolRun> RunAsync(params string[] arguments) =>
        (await ToolRun.InAsync(folder.Path, ["image", .. arguments])).Succeeded();
}
