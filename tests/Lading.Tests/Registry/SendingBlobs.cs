using System.Net;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Faults;
using Lading.Writer;

namespace Lading.Tests.Registry;

/// <summary>After an upload, the whole blob is in the registry, or the error says why not.</summary>
public sealed class SendingBlobs : IAsyncLifetime
{
    private const string Uploads = "/blobs/uploads/";
    private readonly SmallImage image = new("send", layerSize: 6_000_000);
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
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task A_blob_takes_three_requests_or_one_if_it_is_there()
    {
        await AssertSentAsync();
        Assert.Equal("1 HEAD blobs, 1 POST uploads, 1 PUT uploads", client.Requests.Summary);
        client.Requests.Clear();

        Assert.Equal(BlobOutcome.AlreadyThere, await SendAsync());
        Assert.Equal("1 HEAD blobs", client.Requests.Summary);
    }

    [Fact]
    public async Task A_registry_that_does_not_say_whether_it_has_a_blob_is_sent_it()
    {
        server.On("HEAD", "/blobs/", e => e.AnswerAsync(405));

        Assert.Equal(BlobOutcome.Sent, await SendAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task A_failed_upload_starts_over(int status)
    {
        server.On("PUT", Uploads, e => e.FailAsync((HttpStatusCode)status), times: 2);

        await AssertSentAsync();
        Assert.Equal(3, server.Count("PUT", Uploads));
    }

    [Fact]
    public async Task An_upload_whose_answer_was_lost_is_not_repeated()
    {
        server.On(
            "PUT",
            Uploads,
            async e =>
            {
                (await e.AskAsync()).EnsureSuccessStatusCode().Dispose();
                await e.AnswerAsync(502);
            },
            times: 1
        );

        await AssertSentAsync();
        Assert.Equal(1, server.Count("PUT", Uploads));
    }

    [Fact]
    public async Task A_broken_upload_resumes_where_the_registry_stopped()
    {
        server.On("PUT", Uploads, CutAsync, times: 1);

        await AssertSentAsync();
        var last = server.Requests.Last(request => request.Method == "PUT");
        Assert.Equal(2, server.Count("PUT", Uploads));
        Assert.Equal(1, server.Count("GET", Uploads));
        Assert.Equal(1, server.Count("POST", Uploads));
        Assert.Contains("digest=", last.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_cannot_be_resumed_starts_over()
    {
        server.On("PUT", Uploads, e => e.DropAfterAsync(2_000_000), times: 2);
        server.On("GET", Uploads, e => e.AnswerAsync(405));

        await AssertSentAsync();
        Assert.Equal(3, server.Count("POST", Uploads));
    }

    [Fact]
    public async Task An_upload_that_the_registry_corrupted_starts_over()
    {
        server.On("PUT", Uploads, CutAsync, times: 1);
        // The registry claims more than it has; continuing there gives the wrong digest.
        server.On("GET", Uploads, e => e.AnswerAsync(204, "", ("Range", "0-4999999")), times: 1);

        await AssertSentAsync();
    }

    [Fact]
    public async Task An_upload_that_nobody_reads_is_abandoned_and_sent_again()
    {
        BeImpatient();
        server.On("PUT", Uploads, e => e.StallAsync(), times: 1);

        await AssertSentAsync();
    }

    [Fact]
    public async Task A_registry_that_hangs_before_an_upload_is_asked_again()
    {
        BeImpatient();
        server.On("POST", Uploads, e => e.StallAsync(), times: 1);

        await AssertSentAsync();
    }

    [Fact]
    public async Task A_lost_session_is_reopened()
    {
        server.On("PUT", Uploads, e => e.FailAsync(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN", "gone"), times: 1);

        await AssertSentAsync();
        Assert.Equal(2, server.Count("POST", Uploads));
    }

    [Fact]
    public async Task A_wrong_offset_starts_the_upload_over()
    {
        server.On("PUT", Uploads, e => e.AnswerAsync(416, "", ("Range", "0-0")), times: 1);

        await AssertSentAsync();
    }

    [Fact]
    public async Task A_blob_that_somebody_else_sent_meanwhile_is_accepted()
    {
        server.On(
            "PUT",
            Uploads,
            async e =>
            {
                (await e.AskAsync()).Dispose();
                await e.AnswerAsync(400, """{"errors":[{"code":"UNKNOWN","message":"LayerAlreadyExistsException"}]}""");
            },
            times: 1
        );

        await AssertSentAsync();
    }

    [Theory]
    [InlineData("/v2/shop/web/blobs/uploads/")]
    [InlineData("../uploads/")]
    public async Task The_location_of_an_upload_may_be_relative(string prefix)
    {
        server.On(
            "POST",
            Uploads,
            async e =>
            {
                using var answer = await e.AskAsync();
                var told = answer.Headers.Location!.ToString();
                answer.Headers.Location = new Uri(
                    prefix + told[(told.LastIndexOf('/') + 1)..] + "?state=a%2Fb&x=",
                    UriKind.Relative
                );
                await e.RelayAsync(answer);
            }
        );

        await AssertSentAsync();
        Assert.Contains(
            "?state=a%2Fb&x=&digest=sha256%3A",
            server.Requests.Single(request => request.Method == "PUT").Address,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_upload_without_a_Location_names_the_request()
    {
        server.On("POST", Uploads, e => e.AnswerAsync(202));

        var failure = await Assert.ThrowsAsync<LadingException>(SendAsync);

        Assert.Contains("start the upload", failure.Attempted, StringComparison.Ordinal);
        Assert.Contains("202 without Location", failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_stores_something_else_is_caught()
    {
        var other = Digest.OfBytes("other"u8).ToString();
        server.On("PUT", Uploads, e => e.FailAsync(HttpStatusCode.Created, headers: ("Docker-Content-Digest", other)));

        var failure = await Assert.ThrowsAsync<LadingException>(SendAsync);

        Assert.Contains(other, failure.CameBack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task A_mount_that_is_refused_becomes_an_upload(int status)
    {
        server.On("POST", "mount=", e => e.AnswerAsync(status));

        Assert.Equal(BlobOutcome.Sent, await SendAsync("shop/other"));
    }

    [Fact]
    public async Task A_failed_mount_uses_the_upload_that_the_registry_started()
    {
        Assert.Equal(BlobOutcome.Sent, await SendAsync("shop/other"));
        Assert.Equal("1 HEAD blobs, 1 POST uploads?mount, 1 PUT uploads", client.Requests.Summary);
    }

    [Fact]
    public async Task A_source_that_is_corrupt_once_is_read_again()
    {
        var opened = 0;
        var source = new ReadableBlob(
            image.Layer,
            _ =>
            {
                var bytes = image.BytesOf(image.Layer).ToArray();
                bytes[0] ^= opened++ == 0 ? (byte)1 : (byte)0;
                return Task.FromResult<Stream>(new MemoryStream(bytes));
            }
        );

        Assert.Equal(BlobOutcome.Sent, await Repository.PutBlobAsync(source, null, Cancelled));
        await AssertStoredAsync();
    }

    [Fact]
    public async Task A_permanently_corrupt_source_is_never_sent()
    {
        var source = new ReadableBlob(
            image.Layer,
            _ => Task.FromResult<Stream>(new MemoryStream(new byte[image.Layer.Size]))
        );

        var failure = await Assert.ThrowsAsync<LadingException>(() => Repository.PutBlobAsync(source, null, Cancelled));

        Assert.Contains(image.Layer.Digest.ToString(), failure.CameBack, StringComparison.Ordinal);
        Assert.Null(await Repository.FindBlobAsync(image.Layer.Digest, Cancelled));
        Assert.Equal(2, server.Count("PUT", Uploads));
    }

    [Fact]
    public async Task An_unreadable_source_is_reported_in_its_own_words()
    {
        var source = new ReadableBlob(
            image.Layer,
            _ => throw new LadingException("Could not read the layer", "the disk is gone")
        );

        var failure = await Assert.ThrowsAsync<LadingException>(() => Repository.PutBlobAsync(source, null, Cancelled));

        Assert.Equal("Could not read the layer", failure.Attempted);
    }

    [Fact]
    public async Task A_slow_source_is_not_mistaken_for_a_broken_connection()
    {
        BeImpatient();
        var source = new ReadableBlob(
            image.Layer,
            async token =>
            {
                await Task.Delay(1500, token);
                return new MemoryStream(image.BytesOf(image.Layer));
            }
        );

        Assert.Equal(BlobOutcome.Sent, await Repository.PutBlobAsync(source, null, Cancelled));
        Assert.Equal(1, server.Count("PUT", Uploads));
    }

    [Fact]
    public async Task Progress_ends_at_the_size_whatever_happened_on_the_way()
    {
        server.On("PUT", Uploads, e => e.DropAfterAsync(2_000_000), times: 1);
        server.On("PUT", Uploads, e => e.FailAsync(HttpStatusCode.InternalServerError), times: 1, skip: 1);
        var moved = new Total();

        await Repository.PutBlobAsync(image.SourceOf(image.Layer), moved, Cancelled);

        Assert.Equal(image.Layer.Size, moved.Sum);
    }

    private void BeImpatient()
    {
        client.Dispose();
        client = new TestClient(server.Host, schedule: TestClient.Impatient);
    }

    /// <summary>The connection breaks after two megabytes have reached the registry.</summary>
    private static async Task CutAsync(FaultedRequest exchange)
    {
        var part = await exchange.ReadAsync(2_000_000);
        using var answer = await exchange.AskAsync(message =>
        {
            // Sent as a chunk, since a whole blob that is too short would be refused.
            message.Method = HttpMethod.Patch;
            message.Content = new ByteArrayContent(part);
        });
        await exchange.DropAsync();
    }

    private Task<BlobOutcome> SendAsync() => SendAsync(null);

    private Task<BlobOutcome> SendAsync(string? origin) =>
        Repository.PutBlobAsync(
            image.SourceOf(image.Layer) with
            {
                Origin = origin is null ? null : RepositoryName.Parse(origin),
            },
            null,
            Cancelled
        );

    private async Task AssertSentAsync()
    {
        Assert.Equal(BlobOutcome.Sent, await SendAsync());
        await AssertStoredAsync();
    }

    private async Task AssertStoredAsync()
    {
        using var answer = await registry.Http.GetAsync(
            new Uri($"v2/shop/web/blobs/{image.Layer.Digest}", UriKind.Relative),
            Cancelled
        );
        Assert.Equal(image.BytesOf(image.Layer), await answer.Content.ReadAsByteArrayAsync(Cancelled));
    }
}
