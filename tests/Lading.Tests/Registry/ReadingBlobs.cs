using Lading.Layout;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Faults;
using Lading.Writer;

namespace Lading.Tests.Registry;

/// <summary>Whatever connections and registries do, a download arrives whole and correct, or fails.</summary>
public sealed class ReadingBlobs : IAsyncLifetime
{
    private const string Path = "/blobs/sha256:";
    private readonly SmallImage image = new("read", layerSize: 200_000);
    private TestRegistry registry = null!;
    private FaultServer server = null!;
    private TestClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IImageRepository Repository => client.Open("shop/web");

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        server = await FaultServer.StartAsync(registry.Host);
        client = new TestClient(server.Host);
        await image.PutAsync(Repository, Tag.Parse("v1"), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task A_broken_download_is_resumed()
    {
        server.On("GET", Path, e => TruncateAsync(e, 50_000), times: 2);

        await AssertReadsAsync();
        Assert.Equal(["", "bytes=50000-", "bytes=100000-"], Ranges());
    }

    [Fact]
    public async Task A_registry_that_ignores_ranges_is_read_again_from_the_start()
    {
        server.On("GET", Path, e => TruncateAsync(e, 50_000), times: 1);
        server.On("GET", Path, async e => await e.RelayAsync(await e.AskAsync(m => m.Headers.Range = null)), skip: 1);

        await AssertReadsAsync();
    }

    [Fact]
    public async Task A_registry_that_answers_another_range_is_read_again_from_the_start()
    {
        server.On("GET", Path, e => TruncateAsync(e, 50_000), times: 1);
        server.On(
            "GET",
            Path,
            async e =>
            {
                using var answer = await e.AskAsync(m =>
                    m.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(49_000, null)
                );
                await e.RelayAsync(answer);
            },
            times: 1,
            skip: 1
        );

        await AssertReadsAsync();
        Assert.Equal(["", "bytes=50000-", ""], Ranges());
    }

    [Fact]
    public async Task A_registry_that_refuses_ranges_is_read_again_from_the_start()
    {
        server.On("GET", Path, e => TruncateAsync(e, 50_000), times: 1);
        server.On("GET", Path, e => e.AnswerAsync(416), times: 1, skip: 1);

        await AssertReadsAsync();
    }

    [Fact]
    public async Task A_stalled_download_is_abandoned_and_resumed()
    {
        BeImpatient();
        server.On("GET", Path, async e => await e.RelayAndStallAsync(await e.AskAsync(), 70_000), times: 1);

        await AssertReadsAsync();
        Assert.Equal(["", "bytes=70000-"], Ranges());
    }

    [Fact]
    public async Task A_download_that_always_breaks_at_the_same_place_ends()
    {
        server.On("GET", Path, e => TruncateAsync(e, 0), skip: 1);
        server.On("GET", Path, e => TruncateAsync(e, 50_000), times: 1);

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Contains(image.Layer.Digest.ToString(), failure.Attempted, StringComparison.Ordinal);
        Assert.Contains("50000 of 200000 bytes", failure.CameBack, StringComparison.Ordinal);
        Assert.InRange(server.Count("GET", Path), 3, 20);
    }

    [Fact]
    public async Task Wrong_bytes_are_never_accepted()
    {
        server.On("GET", Path, CorruptAsync);

        var failure = await Assert.ThrowsAsync<ContentMismatchException>(ReadAsync);

        Assert.Contains(image.Layer.Digest.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_arrives_corrupt_once_is_requested_again()
    {
        server.On("GET", Path, CorruptAsync, times: 1);
        using var layout = new TestFolder();
        var target = new ImageLayout(layout.Path);

        await target.PutBlobAsync(Source(), null, Cancelled);

        Assert.Equal(image.Layer.Size, target.Blobs.Find(image.Layer.Digest));
        Assert.Equal(2, server.Count("GET", Path));
    }

    [Fact]
    public async Task A_permanently_corrupt_blob_is_requested_twice()
    {
        server.On("GET", Path, CorruptAsync);
        using var layout = new TestFolder();
        var target = new ImageLayout(layout.Path);

        await Assert.ThrowsAsync<ContentMismatchException>(() => target.PutBlobAsync(Source(), null, Cancelled));

        Assert.Null(target.Blobs.Find(image.Layer.Digest));
        Assert.Equal(2, server.Count("GET", Path));
    }

    [Fact]
    public async Task A_blob_of_another_size_is_not_read_at_all()
    {
        server.On("GET", Path, async e => await e.RelayAsync(await e.AskAsync(), bytes => bytes[..100]));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Contains("100 of 200000 bytes", failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_blob_is_reported()
    {
        server.On("GET", Path, e => e.AnswerAsync(404));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Equal("the registry answered 404 NotFound", failure.CameBack);
    }

    [Theory]
    [InlineData(403, "DENIED", "403 DENIED: no")]
    [InlineData(404, "BLOB_UNKNOWN", "404 BLOB_UNKNOWN: no")]
    [InlineData(404, "NAME_UNKNOWN", "404 NAME_UNKNOWN: no")]
    public async Task A_permanently_refused_blob_is_requested_once(int status, string code, string said)
    {
        var body = $$$"""{"errors":[{"code":"{{{code}}}","message":"no"}]}""";
        server.On("GET", Path, e => e.AnswerAsync(status, body));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Contains(said, failure.CameBack, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Remedy);
        Assert.Equal(1, server.Count("GET", Path));
    }

    [Fact]
    public async Task Cancelling_ends_a_download_at_once()
    {
        server.On("GET", Path, async e => await e.RelayAndStallAsync(await e.AskAsync(), 1000));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await using var stream = await Repository.OpenBlobAsync(image.Layer, end.Token);
        end.CancelAfter(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.CopyToAsync(Stream.Null, end.Token));

        Assert.Equal(1, server.Count("GET", Path));
    }

    private void BeImpatient()
    {
        client.Dispose();
        client = new TestClient(server.Host, schedule: TestClient.Impatient);
    }

    private static async Task TruncateAsync(FaultedRequest exchange, long keep) =>
        await exchange.RelayAsync(await exchange.AskAsync(), keep: keep);

    private static async Task CorruptAsync(FaultedRequest exchange) =>
        await exchange.RelayAsync(
            await exchange.AskAsync(),
            bytes =>
            {
                bytes[^1] ^= 1;
                return bytes;
            }
        );

    private ReadableBlob Source() => new(image.Layer, token => Repository.OpenBlobAsync(image.Layer, token));

    private string[] Ranges() =>
        [.. server.Requests.Where(request => request.Method == "GET").Select(request => request.Range)];

    private async Task AssertReadsAsync() => Assert.Equal(image.BytesOf(image.Layer), await ReadAsync());

    private async Task<byte[]> ReadAsync()
    {
        await using var stream = await Repository.OpenBlobAsync(image.Layer, Cancelled);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancelled);
        return bytes.ToArray();
    }
}
