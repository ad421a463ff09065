using System.Net;
using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;
using Lading.Testing.Faults;
using Lading.Writer;

namespace Lading.Tests.Registry;

/// <summary>After a push, the tag points to what was pushed, or the error says what it points to.</summary>
public sealed class PuttingManifests : IAsyncLifetime
{
    private const string Path = "/manifests/";
    private readonly SmallImage image = new("put");
    private TestRegistry registry = null!;
    private FaultServer server = null!;
    private TestClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Tag Tag => Tag.Parse("v1");

    private IImageRepository Repository => client.Open("shop/web");

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        server = await FaultServer.StartAsync(registry.Host);
        client = new TestClient(server.Host);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Theory]
    [InlineData(
        400,
        "TAG_INVALID",
        "the image tag 'v1' already exists and cannot be overwritten because the repository is immutable"
    )]
    [InlineData(409, "CONFLICT", "exists")]
    [InlineData(412, "PRECONDITION", "exists")]
    [InlineData(403, "DENIED", "tag is immutable")]
    public async Task The_same_digest_under_an_immutable_tag_is_success(int status, string code, string message)
    {
        await image.PutAsync(Repository, Tag, Cancelled);
        server.On("PUT", Path, e => e.FailAsync((HttpStatusCode)status, code, message));

        await Repository.PutManifestAsync(image.Manifest, Tag, Cancelled);
    }

    [Fact]
    public async Task Another_digest_under_an_immutable_tag_is_reported_with_the_digest_it_has()
    {
        await image.PutAsync(Repository, Tag, Cancelled);
        var other = new SmallImage("other");
        await other.PutAsync(Repository, null, Cancelled);
        server.On("PUT", Path, e => e.FailAsync(HttpStatusCode.BadRequest, "TAG_INVALID", "immutable"));

        var taken = await Assert.ThrowsAsync<TagIsTakenException>(() =>
            Repository.PutManifestAsync(other.Manifest, Tag, Cancelled)
        );

        Assert.Equal(image.Digest, taken.Current);
        Assert.Equal(3, server.Count("PUT", Path));
    }

    [Theory]
    [InlineData(502)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task A_transient_failure_is_waited_out(int status)
    {
        server.On("PUT", Path, e => e.FailAsync((HttpStatusCode)status), times: 2);

        await image.PutAsync(Repository, Tag, Cancelled);

        Assert.Equal(image.Digest, (await Repository.FindManifestAsync(Tag, Cancelled))?.Digest);
    }

    [Fact]
    public async Task A_broken_connection_is_reopened()
    {
        server.On("PUT", Path, e => e.DropAsync(), times: 2);

        await image.PutAsync(Repository, Tag, Cancelled);
    }

    [Fact]
    public async Task A_registry_that_stored_something_else_is_caught()
    {
        var other = Digest.OfBytes("other"u8).ToString();
        server.On("PUT", Path, e => e.FailAsync(HttpStatusCode.Created, headers: ("Docker-Content-Digest", other)));

        var failure = await Assert.ThrowsAsync<LadingException>(() => image.PutAsync(Repository, Tag, Cancelled));

        Assert.Contains(other, failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_blob_is_reported_by_its_digest()
    {
        var missing = await Assert.ThrowsAsync<BlobIsMissingException>(() =>
            Repository.PutManifestAsync(image.Manifest, Tag, Cancelled)
        );

        Assert.Contains(missing.Missing, image.Manifest.Blobs.Select(blob => blob.Digest));
    }

    [Theory]
    [InlineData("MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", true)]
    [InlineData("UNKNOWN", "Layers with digests '[{0}]' required for pushing image are missing", false)]
    public async Task A_blob_that_the_registry_lost_is_sent_again_once(string code, string message, bool isInDetail)
    {
        using var layout = new TestFolder();
        var local = new ImageLayout(layout.Path);
        await image.PutAsync(local, Tag, Cancelled);
        var digest = image.Layer.Digest.ToString();
        var detail = isInDetail ? $"{{\"digest\":\"{digest}\"}}" : "null";
        var said = message.Replace("{0}", digest, StringComparison.Ordinal);
        server.On(
            "PUT",
            Path,
            e =>
                e.AnswerAsync(
                    400,
                    $$$"""{"errors":[{"code":"{{{code}}}","message":"{{{said}}}","detail":{{{detail}}}}]}"""
                ),
            times: 1
        );

        await ImageCopy.RunAsync(local, image.Digest, Repository, null, Cancelled);

        Assert.Equal(2, server.Count("PUT", $"digest={Uri.EscapeDataString(digest)}"));
        Assert.Equal(2, server.Count("PUT", Path));
        Assert.NotNull(await Repository.FindManifestAsync(image.Digest, Cancelled));
    }

    [Fact]
    public async Task A_blob_that_the_registry_loses_again_and_again_is_reported()
    {
        using var layout = new TestFolder();
        var local = new ImageLayout(layout.Path);
        await image.PutAsync(local, Tag, Cancelled);
        server.On(
            "PUT",
            Path,
            e =>
                e.AnswerAsync(
                    400,
                    $$"""{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"unknown","detail":"{{image.Layer.Digest}}"}]}"""
                )
        );

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            ImageCopy.RunAsync(local, image.Digest, Repository, null, Cancelled)
        );

        Assert.Contains(image.Layer.Digest.ToString(), failure.CameBack, StringComparison.Ordinal);
        Assert.Equal(2, server.Count("PUT", Path));
    }
}
