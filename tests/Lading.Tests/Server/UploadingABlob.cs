using System.Net;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Server;

/// <summary>
/// OCI distribution-spec 1.1, "Pushing blobs", with both algorithms and in every form that clients use.
/// </summary>
public sealed class UploadingABlob : IAsyncLifetime
{
    private TestRegistry registry = null!;
    private Wire wire = null!;

    public static TheoryData<string> Algorithms => ["sha256", "sha512"];

    public static TheoryData<string, string> Contents =>
        new MatrixTheoryData<string, string>(["sha256", "sha512"], ["", "{}", "a few bytes more"]);

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        wire = new Wire(registry.Http);
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task A_missing_blob_is_not_found()
    {
        var digest = Wire.DigestOf(Wire.Noise(10));
        using var unknown = await wire.GetAsync($"blobs/{digest}");
        Assert.Contains("NAME_UNKNOWN", await unknown.Content.ReadAsStringAsync(Wire.Cancellation));
        await wire.BeginAsync();
        using var missing = await wire.GetAsync($"blobs/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("BLOB_UNKNOWN", await missing.Content.ReadAsStringAsync(Wire.Cancellation));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task In_the_POST_alone(string algorithm, string text)
    {
        var bytes = Wire.Utf8(text);
        var digest = Wire.DigestOf(bytes, algorithm);
        using var response = await wire.SendAsync(
            HttpMethod.Post,
            $"blobs/uploads/?digest={digest}",
            Wire.Bytes(bytes)
        );
        await AcceptedAsync(response, digest, bytes);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task In_one_PUT(string algorithm, string text)
    {
        var bytes = Wire.Utf8(text);
        var digest = Wire.DigestOf(bytes, algorithm);
        using var response = await wire.FinishAsync(await wire.BeginAsync(), digest, bytes);
        await AcceptedAsync(response, digest, bytes);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task In_a_stream_of_unknown_length(string algorithm, string text)
    {
        var bytes = Wire.Utf8(text);
        var digest = Wire.DigestOf(bytes, algorithm);
        var location = await wire.BeginAsync();
        using var patch = await wire.SendAsync(HttpMethod.Patch, location, new StreamContent(new UnknownLength(bytes)));
        Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
        using var response = await wire.FinishAsync(Wire.LocationOf(patch), digest);
        await AcceptedAsync(response, digest, bytes);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task In_chunks(string algorithm)
    {
        var bytes = Wire.Noise(3000);
        var digest = Wire.DigestOf(bytes, algorithm);
        var location = await wire.BeginAsync();
        for (var at = 0; at < bytes.Length; at += 1024)
        {
            using var patch = await wire.PatchAsync(location, bytes[at..Math.Min(bytes.Length, at + 1024)], at);
            Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
            Assert.Equal($"0-{Math.Min(bytes.Length, at + 1024) - 1}", Wire.HeaderOf(patch, "Range"));
            location = Wire.LocationOf(patch);
        }

        using var response = await wire.FinishAsync(location, digest);
        await AcceptedAsync(response, digest, bytes);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task In_chunks_of_which_the_PUT_brings_the_last(string algorithm)
    {
        var bytes = Wire.Noise(3000);
        var digest = Wire.DigestOf(bytes, algorithm);
        var location = await wire.BeginAsync();
        using var patch = await wire.PatchAsync(location, bytes[..2048], 0);
        using var response = await wire.FinishAsync(Wire.LocationOf(patch), digest, bytes[2048..], 2048);
        await AcceptedAsync(response, digest, bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chunk_out_of_order_is_refused_and_the_upload_goes_on(bool inPut)
    {
        var bytes = Wire.Noise(3000);
        var digest = Wire.DigestOf(bytes);
        var location = await wire.BeginAsync();
        using var first = await wire.PatchAsync(location, bytes[..1000], 0);
        foreach (var wrong in (long[])[0, 2000])
        {
            using var refused = inPut
                ? await wire.FinishAsync(location, digest, bytes[2000..], wrong)
                : await wire.PatchAsync(location, bytes[2000..], wrong);
            Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refused.StatusCode);
            using var status = await wire.GetAsync(Wire.LocationOf(refused));
            Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
            Assert.Equal("0-999", Wire.HeaderOf(status, "Range"));
            location = Wire.LocationOf(status);
        }

        using var second = await wire.PatchAsync(location, bytes[1000..2000], 1000);
        using var response = await wire.FinishAsync(Wire.LocationOf(second), digest, bytes[2000..], 2000);
        await AcceptedAsync(response, digest, bytes);
    }

    [Fact]
    public async Task A_chunk_longer_than_announced_leaves_the_upload_as_it_was()
    {
        var bytes = Wire.Noise(300_000);
        var location = await wire.BeginAsync();
        using var first = await wire.PatchAsync(location, bytes[..1000], 0);
        var content = new StreamContent(new UnknownLength(bytes[1000..]));
        content.Headers.TryAddWithoutValidation("Content-Range", "1000-200999");
        using var refused = await wire.SendAsync(HttpMethod.Patch, location, content);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var response = await wire.FinishAsync(location, Wire.DigestOf(bytes), bytes[1000..], 1000);
        await AcceptedAsync(response, Wire.DigestOf(bytes), bytes);
    }

    [Theory]
    [InlineData("post")]
    [InlineData("put")]
    [InlineData("chunk")]
    [InlineData("stream")]
    public async Task Bytes_of_another_digest_are_not_stored(string form)
    {
        var bytes = Wire.Noise(100);
        var wrong = Wire.DigestOf(Wire.Noise(100, seed: 2));
        var location = form == "post" ? "" : await wire.BeginAsync();
        if (form is "chunk" or "stream")
        {
            using var patch = await wire.PatchAsync(location, bytes, form == "chunk" ? 0 : null);
            Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
        }

        using var response =
            form == "post"
                ? await wire.SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={wrong}", Wire.Bytes(bytes))
                : await wire.FinishAsync(location, wrong, form == "put" ? bytes : null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("DIGEST_INVALID", await response.Content.ReadAsStringAsync(Wire.Cancellation));
        await wire.LacksAsync($"blobs/{wrong}");
        await wire.LacksAsync($"blobs/{Wire.DigestOf(bytes)}");
        Assert.Empty(Directory.EnumerateFiles(registry.Store.Uploads));
    }

    [Fact]
    public async Task A_cancelled_upload_is_over()
    {
        var location = await wire.BeginAsync();
        using var patch = await wire.PatchAsync(location, Wire.Noise(100));
        using var cancelled = await wire.DeleteAsync(location);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        using var status = await wire.GetAsync(location);
        Assert.Equal(HttpStatusCode.NotFound, status.StatusCode);
        Assert.Contains("BLOB_UPLOAD_UNKNOWN", await status.Content.ReadAsStringAsync(Wire.Cancellation));
        Assert.Empty(Directory.EnumerateFiles(registry.Store.Uploads));
    }

    [Theory]
    [InlineData("?mount={0}&from=team/other", HttpStatusCode.Created)]
    [InlineData("?mount={0}", HttpStatusCode.Created)]
    [InlineData("?mount={0}&from=team/none", HttpStatusCode.Accepted)]
    public async Task A_blob_of_another_repository_is_mounted(string query, HttpStatusCode expected)
    {
        var bytes = Wire.Noise(100);
        var blob = await new Wire(registry.Http, "team/other").PushBlobAsync(bytes, "application/octet-stream");
        var address = "blobs/uploads/" + query.Replace("{0}", blob.Digest.ToString());
        using var response = await wire.SendAsync(HttpMethod.Post, address, Wire.Bytes([]));
        Assert.Equal(expected, response.StatusCode);
        using var rest =
            expected == HttpStatusCode.Accepted
                ? await wire.FinishAsync(Wire.LocationOf(response), blob.Digest, bytes)
                : null;
        await AcceptedAsync(rest ?? response, blob.Digest, bytes);
    }

    [Fact]
    public async Task A_blob_is_deleted()
    {
        var blob = await wire.PushBlobAsync(Wire.Noise(100), "application/octet-stream");
        using var deleted = await wire.DeleteAsync($"blobs/{blob.Digest}");
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await wire.LacksAsync($"blobs/{blob.Digest}");
        using var again = await wire.DeleteAsync($"blobs/{blob.Digest}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("bytes=500-1499", 500, 1499)]
    [InlineData("bytes=500-", 500, 3071)]
    [InlineData("bytes=-500", 2572, 3071)]
    [InlineData("bytes=2000-5000", 2000, 3071)]
    public async Task A_range_of_a_blob_is_sent(string range, int first, int last)
    {
        var bytes = Wire.Noise(3072);
        var blob = await wire.PushBlobAsync(bytes, "application/octet-stream");
        using var response = await wire.GetAsync($"blobs/{blob.Digest}", range);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {first}-{last}/3072", response.Content.Headers.ContentRange?.ToString());
        Assert.Equal(last - first + 1, response.Content.Headers.ContentLength);
        Assert.Equal(bytes[first..(last + 1)], await response.Content.ReadAsByteArrayAsync(Wire.Cancellation));
    }

    [Theory]
    [InlineData("bytes=500-0")]
    [InlineData("bytes=5000-10000")]
    public async Task A_range_beyond_a_blob_is_refused(string range)
    {
        var blob = await wire.PushBlobAsync(Wire.Noise(3072), "application/octet-stream");
        using var response = await wire.GetAsync($"blobs/{blob.Digest}", range);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
    }

    private async Task AcceptedAsync(HttpResponseMessage response, Digest digest, byte[] bytes)
    {
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var location = await wire.GetAsync(Wire.LocationOf(response));
        Assert.Equal(bytes, await location.Content.ReadAsByteArrayAsync(Wire.Cancellation));
        await wire.HasBlobAsync(digest, bytes);
        Assert.Empty(Directory.EnumerateFiles(registry.Store.Uploads));
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
