using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Lading.Layout;
using Lading.Oci;
using Lading.Server.Distribution;
using Lading.Testing;

namespace Lading.Tests.Server;

/// <summary>Blobs arrive intact, whole and in parts, whatever the client does.</summary>
public sealed class ServingBlobs : IAsyncLifetime
{
    /// <summary>More than one part, and not a whole number of parts.</summary>
    private const int Size = (16 * FileBody.Part) + 12_345;

    private TestRegistry registry = null!;
    private Wire wire = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        wire = new Wire(registry.Http);
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [InlineData(null, 0, Size)]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=1000000-2000000", 1_000_000, 1_000_001)]
    [InlineData("bytes=7-", 7, Size - 7)]
    [InlineData("bytes=-200000", Size - 200_000, 200_000)]
    public async Task A_large_blob_arrives_whole_and_in_ranges_on_the_same_connection(
        string? range,
        int first,
        int length
    )
    {
        var bytes = Wire.Noise(Size);
        var blob = await wire.PushBlobAsync(bytes, MediaTypes.OciLayerGzip);
        for (var again = 0; again < 2; again++)
        {
            using var response = await wire.GetAsync($"blobs/{blob.Digest}", range);
            var arrived = await response.Content.ReadAsByteArrayAsync(Cancelled);
            Assert.Equal(bytes[first..(first + length)], arrived);
            using var tags = await wire.GetAsync("tags/list");
            Assert.Equal("""{"name":"team/app","tags":[]}""", await tags.Content.ReadAsStringAsync(Cancelled));
        }
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        var bytes = Wire.Noise(Size);
        var blob = await wire.PushBlobAsync(bytes, MediaTypes.OciLayerGzip);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, registry.Address.Port, Cancelled);
        var address = $"/v2/team/app/blobs/{blob.Digest} HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"GET {address}\r\nHEAD {address}\r\nGET {address}Range: bytes=5-300004\r\n\r\nGET {address}Connection: close\r\n\r\n"
                ),
                Cancelled
            );
        using var arrived = new MemoryStream();
        await client.GetStream().CopyToAsync(arrived, Cancelled);
        var all = arrived.ToArray();
        foreach (var body in (byte[][])[bytes, [], bytes[5..300_005], bytes])
        {
            var head = all.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
            Assert.StartsWith("HTTP/1.1 20", Encoding.ASCII.GetString(all, 0, head), StringComparison.Ordinal);
            Assert.Equal(body.AsSpan(), all.AsSpan(head, body.Length));
            all = all[(head + body.Length)..];
        }

        Assert.Empty(all);
    }

    [Fact]
    public async Task A_client_that_disconnects_in_the_middle_disturbs_nobody()
    {
        var bytes = Wire.Noise(8 * FileBody.Part);
        var blob = await wire.PushBlobAsync(bytes, MediaTypes.OciLayerGzip);
        for (var i = 0; i < 10; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, registry.Address.Port, Cancelled);
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"GET /v2/team/app/blobs/{blob.Digest} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                    ),
                    Cancelled
                );
            await client.GetStream().ReadExactlyAsync(new byte[1000 * (i + 1)], Cancelled);
        }

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 8),
            Cancelled,
            async (_, token) =>
            {
                await using var body = await registry.Http.GetStreamAsync(
                    new Uri($"/v2/team/app/blobs/{blob.Digest}", UriKind.Relative),
                    token
                );
                Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(body, token));
            }
        );
    }

    [Fact]
    public async Task A_mounted_blob_is_the_same_file()
    {
        var bytes = Wire.Noise(100_000);
        var blob = await wire.PushBlobAsync(bytes, MediaTypes.OciLayerGzip);
        using var mounted = await wire.SendAsync(
            HttpMethod.Post,
            $"/v2/team/copy/blobs/uploads/?mount={blob.Digest}&from=team/app",
            Wire.Bytes([])
        );
        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        await AreOneFileAsync(blob, bytes, "team/copy", "team/app");
    }

    [Fact]
    public async Task A_large_blob_that_is_pushed_to_several_repositories_is_one_file()
    {
        var bytes = Wire.Noise((int)SharedBlobs.SmallestSought);
        var blob = await wire.PushBlobAsync(bytes, MediaTypes.OciLayerGzip);
        await new Wire(registry.Http, "team/again").PushBlobAsync(bytes, MediaTypes.OciLayerGzip);
        var layout = registry.Store.Open(RepositoryName.Parse("team/local"));
        var source = new ReadableBlob(blob, _ => throw new InvalidOperationException("It is here already."));
        Assert.Equal(BlobOutcome.Mounted, await layout.PutBlobAsync(source, null, Cancelled));
        await registry.Store.CreateAsync(
            RepositoryName.Parse("team/local"),
            new RepositoryRecord
            {
                Settings = RepositorySettings.MutableExcept(),
                CreatedAt = TimeProvider.System.GetUtcNow(),
            },
            Cancelled
        );

        // One of them is deleted; the others stay.
        using var deleted = await new Wire(registry.Http, "team/app").DeleteAsync($"blobs/{blob.Digest}");
        await AreOneFileAsync(blob, bytes, "team/again", "team/local");
    }

    /// <summary>Does what no program does: changes a byte in one file, which changes the others too.</summary>
    private async Task AreOneFileAsync(Descriptor blob, byte[] bytes, params string[] repositories)
    {
        var blobs = registry.Store.Open(RepositoryName.Parse(repositories[0])).Blobs;
        blobs.Settle([blob.Digest]);
        var path = blobs.PathOf(blob.Digest);
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            file.WriteByte((byte)~bytes[0]);
        }

        foreach (var repository in repositories)
        {
            using var copy = await wire.GetAsync($"/v2/{repository}/blobs/{blob.Digest}");
            Assert.Equal((byte)~bytes[0], (await copy.Content.ReadAsByteArrayAsync(Cancelled))[0]);
        }
    }
}
