using Lading.Layout;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Commands;

/// <summary><c>lading image</c>, run as a user runs it, against the embedded registry over HTTP.</summary>
public sealed class MovingImagesByHand : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestRegistry registry = null!;
    private GeneratedImage image = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Web => $"{registry.Host}/shop/web";

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        image = await GeneratedImage.CreateAsync(3, 10_000, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        image.Dispose();
        await registry.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_image_goes_through_every_kind_of_place_and_keeps_its_digest()
    {
        await RunAsync("push", $"oci:{image.Path}:latest", $"{Web}:v1");
        await RunAsync("pull", $"{Web}:v1", "oci:pulled:kept");
        await RunAsync("copy", "oci:pulled:kept", "oci-archive:saved.tar:kept");
        await RunAsync("copy", "oci-archive:saved.tar", "oci:again");
        var last = await RunAsync("push", "oci:again", $"{registry.Host}/shop/other:v2");

        Assert.Equal($"{registry.Host}/shop/other:v2@{image.Digest}", last.Out.Trim());
        var stored = registry.Store.Open(RepositoryName.Parse("shop/other"));
        Assert.Equal(image.Digest, (await stored.FindManifestAsync(Tag.Parse("v2"), Cancelled))?.Digest);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path, "*.tmp"));
    }

    [Fact]
    public async Task A_written_Docker_archive_reads_back_with_the_same_layers()
    {
        await RunAsync("copy", $"oci:{image.Path}", "docker-archive:saved.tar:web:v1");
        await RunAsync("copy", "docker-archive:saved.tar:web:v1", "oci:again:v1");

        // Docker does not keep the manifest; the layers and the configuration must stay the same.
        var read = await new ImageLayout(folder.Combine("again")).FindManifestContentAsync(Tag.Parse("v1"), Cancelled);
        Assert.Equal(image.Manifest.Document.Config?.Digest, read?.Document.Config?.Digest);
        Assert.Equal(3, read?.Document.Layers?.Count);
    }

    [Fact]
    public async Task The_tag_of_the_source_is_kept_if_none_is_given()
    {
        var run = await RunAsync("push", $"oci:{image.Path}:latest", Web);

        Assert.Equal($"{Web}:latest@{image.Digest}", run.Out.Trim());
    }

    [Fact]
    public async Task The_second_push_sends_nothing_and_says_so()
    {
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var run = await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1", "--output", "json");

        var told = run.Document().RootElement;
        Assert.True(told.GetProperty("alreadyThere").GetBoolean());
        Assert.Equal(0, told.GetProperty("bytesMoved").GetInt64());
        Assert.Equal(image.Digest.ToString(), told.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task A_platform_is_picked_from_an_index_and_without_one_the_index_is_whole()
    {
        using var index = await GeneratedIndex.CreateAsync(1, 1000, Cancelled);
        await RunAsync("push", $"oci:{index.Path}:multi", $"{Web}:multi");
        await RunAsync("pull", $"{Web}:multi", "oci:arm:v1", "--platform", "linux/arm64");
        await RunAsync("pull", $"{Web}:multi", "oci:whole:v1");

        var arm = await FindAsync("arm");
        var whole = await FindAsync("whole");
        Assert.Equal(index.Manifest.Children[1].Digest, arm?.Digest);
        Assert.Equal(index.Manifest.Digest, whole?.Digest);
    }

    [Fact]
    public async Task A_missing_platform_is_reported_with_those_that_exist()
    {
        using var index = await GeneratedIndex.CreateAsync(1, 1000, Cancelled);

        var run = await TryAsync("copy", $"oci:{index.Path}:multi", "oci:out", "--platform", "windows/amd64");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("it has linux/amd64, linux/arm64", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_of_another_image_moves_unless_immutable_is_requested()
    {
        using var other = await GeneratedImage.CreateAsync(1, 1000, Cancelled, seed: 2);
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var refused = await TryAsync("push", $"oci:{other.Path}", $"{Web}:v1", "--immutable");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"it already points to {image.Digest}", refused.Error, StringComparison.Ordinal);

        await RunAsync("push", $"oci:{other.Path}", $"{Web}:v1");
        Assert.Equal(other.Digest, (await StoredAsync("v1"))?.Digest);
    }

    [Fact]
    public async Task A_new_tag_on_an_existing_image_is_reported_as_such()
    {
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var run = await RunAsync("push", $"oci:{image.Path}", $"{Web}:v2");

        Assert.Contains("already there, tag v2 put", run.Error, StringComparison.Ordinal);
        Assert.Equal(image.Digest, (await StoredAsync("v2"))?.Digest);
    }

    [Fact]
    public async Task A_repository_without_tags_is_reported_as_such()
    {
        var run = await RunAsync("list", Web);

        Assert.Equal("", run.Out);
        Assert.Contains($"no tags in {Web}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_are_added_listed_and_deleted()
    {
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        await RunAsync("tag", $"{Web}:v1", "v2", "v3");
        Assert.Equal("v1\nv2\nv3\n", (await RunAsync("list", Web)).Out);

        await RunAsync("delete", $"{Web}:v2");
        var listed = (await RunAsync("list", Web, "--digests", "--output", "json")).Document().RootElement;
        Assert.Equal(
            [("v1", image.Digest.ToString()), ("v3", image.Digest.ToString())],
            listed
                .GetProperty("tags")
                .EnumerateArray()
                .Select(tag => (tag.GetProperty("tag").GetString(), tag.GetProperty("digest").GetString()))
        );

        await RunAsync("delete", $"{Web}@{image.Digest}");
        Assert.Equal("", (await RunAsync("list", Web)).Out);
        Assert.Contains("was not there", (await RunAsync("delete", $"{Web}:v1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspects_an_image_for_people_and_programs()
    {
        await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1");

        var text = await RunAsync("inspect", $"{Web}:v1");
        var json = (await RunAsync("inspect", $"{Web}:v1", "--output", "json")).Document().RootElement;
        var raw = await RunAsync("inspect", $"{Web}:v1", "--raw");

        Assert.Contains("linux/amd64", text.Out, StringComparison.Ordinal);
        Assert.Contains("in 3 layers", text.Out, StringComparison.Ordinal);
        Assert.Equal(image.Digest.ToString(), json.GetProperty("digest").GetString());
        Assert.Equal("amd64", json.GetProperty("configuration").GetProperty("architecture").GetString());
        Assert.Equal(image.Digest, Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(raw.Out)));
    }

    [Fact]
    public async Task Referrers_go_with_their_image()
    {
        var artifact = await AttachAsync("application/vnd.example.signature");
        var cosign = Tag.Parse($"sha256-{image.Digest.Hex}.sig");
        await image.Layout.PutManifestAsync(await AttachAsync("cosign"), cosign, Cancelled);

        var pushed = await RunAsync("push", $"oci:{image.Path}:latest", $"{Web}:v1", "--referrers", "--output", "json");
        await RunAsync("pull", $"{Web}:v1", "oci:back:v1", "--referrers");

        Assert.Equal(2, pushed.Document().RootElement.GetProperty("referrers").GetInt32());
        var listed = await RunAsync("referrers", $"{Web}:v1", "--artifact-type", "application/vnd.example.signature");
        Assert.Contains(artifact.Digest.ToString(), listed.Out, StringComparison.Ordinal);
        var back = new ImageLayout(folder.Combine("back"));
        Assert.NotNull(await back.FindManifestAsync(cosign, Cancelled));
        Assert.NotNull(await back.FindManifestAsync(artifact.Digest, Cancelled));
    }

    [Theory]
    [InlineData("push", "registry.example/a:v1", "registry.example/b:v1", "is in a registry")]
    [InlineData("pull", "oci:a", "oci:b", "is in no registry")]
    [InlineData("copy", "oci:", "oci:b", "names no folder")]
    [InlineData("copy", "https://registry.example/a", "oci:b", "begins like an address")]
    [InlineData("copy", "oci:missing", "oci:b", "is not an image layout")]
    [InlineData("list", "oci:missing", null, "is not an image layout")]
    [InlineData("copy", "oci:a", "docker-archive:b.tar:web@sha256:abc", "what follows '@' is not a digest")]
    [InlineData("copy", "oci:a", "docker-archive:b.tar:Web", "in lower case")]
    [InlineData("copy", "oci:a", "docker-archive::web", "names no file")]
    [InlineData("list", "registry.example/a:v1", null, "it names an image")]
    [InlineData("delete", "registry.example/a", null, "neither a tag nor a digest")]
    [InlineData("delete", "oci-archive:a.tar:v1", null, "written as a whole")]
    public async Task Wrong_use_is_reported_before_anything_is_done(string verb, string one, string? two, string words)
    {
        var run = await TryAsync(two is null ? [verb, one] : [verb, one, two]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oci-archive")]
    [InlineData("docker-archive")]
    public async Task Only_archives_are_overwritten(string kind)
    {
        await File.WriteAllTextAsync(folder.Combine("notes.txt"), "mine", Cancelled);
        Directory.CreateDirectory(folder.Combine("docs"));

        var file = await TryAsync("copy", $"oci:{image.Path}", $"{kind}:notes.txt");
        var directory = await TryAsync("copy", $"oci:{image.Path}", $"{kind}:docs");
        await RunAsync("copy", $"oci:{image.Path}", $"{kind}:web.tar");
        await RunAsync("copy", $"oci:{image.Path}", $"{kind}:web.tar");

        Assert.Contains("Name another file", file.Failed(FailureKind.Usage).Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.Combine("notes.txt"), Cancelled));
        Assert.Contains("it is a folder", directory.Failed(FailureKind.Usage).Error, StringComparison.Ordinal);
        var read = await TryAsync("inspect", $"{kind}:docs");
        Assert.Contains("it is a folder", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_image_is_reported()
    {
        var run = await TryAsync("pull", $"{Web}:v9", "oci:out");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{Web} does not have v9", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Combine("out")));
    }

    [Fact]
    public async Task A_layout_of_several_images_needs_one_to_be_named()
    {
        using var index = await GeneratedIndex.CreateAsync(1, 1000, Cancelled);

        var run = await TryAsync("copy", $"oci:{index.Path}", "oci:out");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Name one by its tag: multi", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_shows_each_request()
    {
        var run = await RunAsync("push", $"oci:{image.Path}", $"{Web}:v1", "--verbose");

        Assert.Contains("HEAD http://", run.Error, StringComparison.Ordinal);
        Assert.Contains("/v2/shop/web/manifests/v1 404", run.Error, StringComparison.Ordinal);
    }

    private async Task<ManifestContent> AttachAsync(string type)
    {
        var bytes = "{}"u8.ToArray();
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciEmpty,
            Digest = Digest.OfBytes(bytes),
            Size = 2,
        };
        await image.Layout.PutBlobAsync(
            new ReadableBlob(config, _ => Task.FromResult<Stream>(new MemoryStream(bytes))),
            null,
            Cancelled
        );
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                ArtifactType = type,
                Config = config,
                Layers = [config],
                Subject = type == "cosign" ? null : image.Manifest.Descriptor,
            }
        );
        await image.Layout.PutManifestAsync(manifest, null, Cancelled);
        return manifest;
    }

    private Task<Descriptor?> StoredAsync(string tag) =>
        registry.Store.Open(RepositoryName.Parse("shop/web")).FindManifestAsync(Tag.Parse(tag), Cancelled);

    private Task<Descriptor?> FindAsync(string layout) =>
        new ImageLayout(folder.Combine(layout)).FindManifestAsync(Tag.Parse("v1"), Cancelled);

    private async Task<ToolRun> RunAsync(params string[] arguments) => (await TryAsync(arguments)).Succeeded();

    private Task<ToolRun> TryAsync(params string[] arguments) => ToolRun.InAsync(folder.Path, ["image", .. arguments]);
}
