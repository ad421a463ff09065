using System.Net;
using Lading.Oci;
using Lading.Server.Uploads;
using Lading.Testing;
using Lading.Tests.Server.Ecr;

namespace Lading.Tests.Server;

/// <summary>Symbolic links inside a store lead neither out of it nor in circles.</summary>
public sealed class KeepingToTheStore : IAsyncLifetime
{
    private readonly TestFolder outside = new();
    private TestRegistry registry = null!;
    private Wire wire = null!;
    private Descriptor blob = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Layout => registry.Store.PathOf(RepositoryName.Parse("team/app"));

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        registry = await TestRegistry.StartAsync();
        wire = new Wire(registry.Http);
        blob = await wire.PushBlobAsync(Wire.Noise(100), MediaTypes.OciLayerGzip);
        registry.Store.Open(RepositoryName.Parse("team/app")).Blobs.Settle([blob.Digest]);
    }

    public async ValueTask DisposeAsync()
    {
        outside.Dispose();
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_loop_of_folders_is_not_walked()
    {
        Directory.CreateSymbolicLink(Path.Combine(registry.Store.Directory, "team", "loop"), registry.Store.Directory);
        Directory.CreateSymbolicLink(Path.Combine(registry.Store.Directory, "round"), registry.Store.Directory);

        using var catalog = await wire.GetAsync("/v2/_catalog");

        Assert.Equal("""{"repositories":["team/app"]}""", await catalog.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task A_blob_that_is_a_link_is_neither_read_nor_mounted()
    {
        var secret = Wire.Noise(50, seed: 2);
        var digest = Wire.DigestOf(secret);
        await File.WriteAllBytesAsync(outside.Combine("secret"), secret, Cancelled);
        File.CreateSymbolicLink(Path.Combine(Layout, "blobs", "sha256", digest.Hex), outside.Combine("secret"));

        await wire.LacksAsync($"blobs/{digest}");
        using var read = await wire.GetAsync($"blobs/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        using var mounted = await wire.SendAsync(
            HttpMethod.Post,
            $"/v2/team/other/blobs/uploads/?mount={digest}&from=team/app",
            Wire.Bytes([])
        );
        Assert.Equal(HttpStatusCode.Accepted, mounted.StatusCode);

        // A push stores the blob, and leaves the target of the link alone.
        await wire.PushBlobAsync(secret, MediaTypes.OciLayerGzip);
        await wire.HasBlobAsync(digest, secret);
        registry.Store.Open(RepositoryName.Parse("team/app")).Blobs.Settle([digest]);
        await wire.HasBlobAsync(digest, secret);
        Assert.True(File.Exists(outside.Combine("secret")));
        Assert.Null(new FileInfo(Path.Combine(Layout, "blobs", "sha256", digest.Hex)).LinkTarget);
    }

    [Theory]
    [InlineData("team/app/_layout/blobs/sha256")]
    [InlineData("team/app/_layout/blobs")]
    [InlineData("team/app/_layout")]
    [InlineData("team/app")]
    [InlineData("team")]
    public async Task A_folder_that_is_a_link_is_refused_by_name_and_nothing_behind_it_changes(string path)
    {
        var folder = Path.Combine(registry.Store.Directory, path);
        var moved = outside.Combine("moved");
        Directory.Move(folder, moved);
        Directory.CreateSymbolicLink(folder, moved);
        var before = FilesOf(moved);

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            using var response = await wire.SendAsync(method, $"blobs/{blob.Digest}");
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Contains(
                "is a symbolic link",
                await response.Content.ReadAsStringAsync(Cancelled),
                StringComparison.Ordinal
            );
        }

        using var push = await wire.SendAsync(
            HttpMethod.Post,
            $"blobs/uploads/?digest={Wire.DigestOf([1])}",
            Wire.Bytes([1])
        );
        Assert.Equal(HttpStatusCode.InternalServerError, push.StatusCode);
        Assert.Equal(before, FilesOf(moved));
        // Other repositories are still served.
        await new Wire(registry.Http, "other").PushBlobAsync(Wire.Noise(10), MediaTypes.OciLayerGzip);
        Assert.NotEmpty((await new EcrWire(registry).CallAsync("DescribeRepositories", new { })).EnumerateObject());
    }

    [Theory]
    [InlineData("_uploads")]
    [InlineData("team/app/_layout/.incoming")]
    public async Task Clearing_up_spares_the_target_of_a_link(string path)
    {
        await File.WriteAllTextAsync(outside.Combine("old"), "somebody else's", Cancelled);
        File.SetLastWriteTimeUtc(outside.Combine("old"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-30));
        var link = Path.Combine(registry.Store.Directory, path);
        if (Directory.Exists(link))
        {
            Directory.Delete(link, recursive: true);
        }

        Directory.CreateSymbolicLink(link, outside.Path);
        using var uploads = new UploadFolder(registry.Store.Uploads, TimeProvider.System, maxCount: 10);

        new AbandonedUploads(registry.Store, uploads, TimeProvider.System).Sweep(Cancelled);

        Assert.True(File.Exists(outside.Combine("old")));
        var failure = Assert.Throws<LadingException>(() =>
        {
            registry.Store.Prepare();
            registry.Store.Open(RepositoryName.Parse("team/app"));
        });
        Assert.Contains("symbolic link", failure.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
