using Lading.Oci;
using Lading.Registry.Credentials;
using Lading.Testing;
using Lading.Testing.Faults;
using Lading.Writer;

namespace Lading.Tests.Registry;

/// <summary>Registries keep blobs elsewhere and say where; a redirect gets no more trust than it needs.</summary>
public sealed class FollowingRedirects : IAsyncLifetime
{
    private readonly SmallImage image = new("redirects");
    private TestRegistry registry = null!;
    private FaultServer front = null!;
    private FaultServer storage = null!;
    private TestClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IImageRepository Repository => client.Open("shop/web");

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        front = await FaultServer.StartAsync(registry.Host);
        storage = await FaultServer.StartAsync(registry.Host);
        client = new TestClient(
            front.Host,
            new KnownLogin(new RegistryLogin { User = "ada", Password = "secret-password" })
        );
        await image.PutAsync(Repository, Tag.Parse("v1"), Cancelled);
        // From here on, the registry requires a login.
        front.On("*", "/v2/", RequireLoginAsync);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await storage.DisposeAsync();
        await front.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task Credentials_are_not_sent_to_another_port()
    {
        RedirectBlobs();

        Assert.Equal(image.BytesOf(image.Layer), await ReadAsync());
        Assert.Equal("", Assert.Single(storage.Requests).Authorization);
        Assert.Contains(front.Requests, request => request.Authorization.Length > 0);
    }

    [Fact]
    public async Task Credentials_are_sent_within_the_registry()
    {
        front.On(
            "GET",
            "/blobs/",
            e => e.AnswerAsync(307, "", ("Location", $"/v2/shop/web/blobs/{image.Layer.Digest}?again=1")),
            times: 1
        );

        Assert.Equal(image.BytesOf(image.Layer), await ReadAsync());
        Assert.NotEqual("", front.Requests[^1].Authorization);
    }

    [Fact]
    public async Task An_expired_address_is_requested_again()
    {
        RedirectBlobs();
        storage.On("GET", "/blobs/", e => e.AnswerAsync(403, "<Error><Code>AccessDenied</Code></Error>"), times: 1);

        Assert.Equal(image.BytesOf(image.Layer), await ReadAsync());
        Assert.Equal(2, storage.Requests.Count);
    }

    [Fact]
    public async Task Storage_that_keeps_refusing_is_reported_in_bounded_time()
    {
        RedirectBlobs();
        storage.On("GET", "/blobs/", e => e.AnswerAsync(403, "<Error><Code>AccessDenied</Code></Error>"));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Contains("403", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("AccessDenied", failure.CameBack, StringComparison.Ordinal);
        Assert.Equal(2, storage.Requests.Count);
    }

    [Fact]
    public async Task Busy_storage_is_asked_again()
    {
        RedirectBlobs();
        storage.On("GET", "/blobs/", e => e.AnswerAsync(503, "<Error><Code>SlowDown</Code></Error>"), times: 2);

        Assert.Equal(image.BytesOf(image.Layer), await ReadAsync());
    }

    [Fact]
    public async Task Signed_addresses_are_not_shown()
    {
        front.On(
            "GET",
            "/blobs/",
            e =>
                e.AnswerAsync(
                    307,
                    "",
                    ("Location", $"http://{storage.Host}{e.Request.Path}?X-Amz-Signature=secret-signature")
                )
        );
        storage.On("GET", "/blobs/", e => e.AnswerAsync(403, "no"));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.DoesNotContain("secret-signature", string.Join('\n', client.Log) + failure, StringComparison.Ordinal);
        Assert.Contains(client.Log, line => line.Contains($"http://{storage.Host}/v2/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_loop_of_redirects_ends()
    {
        front.On("GET", "/blobs/", e => e.AnswerAsync(302, "", ("Location", e.Request.Path.Value!)));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Contains("redirected", failure.CameBack, StringComparison.Ordinal);
        Assert.InRange(front.Count("GET", "/blobs/"), 2, 8);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    public async Task Refuses_redirects_to_addresses_that_nobody_should_be_sent_to(string target)
    {
        front.On("GET", "/blobs/", e => e.AnswerAsync(307, "", ("Location", target)));
        front.On("POST", "/uploads/", e => e.AnswerAsync(202, "", ("Location", target)));

        var read = await Assert.ThrowsAsync<LadingException>(ReadAsync);
        var other = new SmallImage("other");
        var sent = await Assert.ThrowsAsync<LadingException>(() =>
            Repository.PutBlobAsync(other.SourceOf(other.Layer), null, Cancelled)
        );

        Assert.Contains("is not followed", read.CameBack, StringComparison.Ordinal);
        Assert.Contains("is not followed", sent.CameBack, StringComparison.Ordinal);
    }

    private void RedirectBlobs() =>
        front.On(
            "GET",
            "/blobs/",
            e =>
                e.Request.Headers.Authorization.Count == 0
                    ? RequireLoginAsync(e)
                    : e.AnswerAsync(307, "", ("Location", $"http://{storage.Host}{e.Request.Path}"))
        );

    private static Task RequireLoginAsync(FaultedRequest exchange) =>
        exchange.Request.Headers.Authorization.Count > 0
            ? exchange.PassAsync()
            : exchange.AnswerAsync(401, "", ("WWW-Authenticate", "Basic realm=\"x\""));

    private async Task<byte[]> ReadAsync()
    {
        await using var stream = await Repository.OpenBlobAsync(image.Layer, Cancelled);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancelled);
        return bytes.ToArray();
    }
}
