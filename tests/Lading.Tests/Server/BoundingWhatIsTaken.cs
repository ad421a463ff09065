using System.Net;
using System.Net.Sockets;
using System.Text;
using Lading.Oci;
using Lading.Server;
using Lading.Testing;

namespace Lading.Tests.Server;

/// <summary>
/// What is too large, too long, too slow or too much is refused in the terms of the protocol, and the registry keeps
/// serving.
/// </summary>
public sealed class BoundingWhatIsTaken : IAsyncLifetime
{
    // Real time for bodies that stop, with leaps for uploads that are abandoned.
    private readonly LeapingTime time = new();
    private TestRegistry registry = null!;
    private Wire wire = null!;

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync(
            new RegistryServerOptions
            {
                MostUploads = 3,
                Patience = TimeSpan.FromSeconds(2),
                Time = time,
            }
        );
        wire = new Wire(registry.Http);
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_manifest_has_at_most_4_MiB(bool isAnnounced)
    {
        var bytes = new byte[ManifestContent.MaximumSize + 1];
        using HttpContent content = isAnnounced
            ? Wire.Bytes(bytes, MediaTypes.OciManifest)
            : new StreamContent(new UnknownLength(bytes));
        using var response = await wire.SendAsync(HttpMethod.Put, "manifests/v1", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("SIZE_INVALID", await response.Content.ReadAsStringAsync(Wire.Cancellation));
    }

    [Fact]
    public async Task Long_addresses_and_headers_are_refused()
    {
        using var path = await wire.GetAsync($"/v2/{new string('a', 9000)}/tags/list");
        Assert.Equal(HttpStatusCode.RequestUriTooLong, path.StatusCode);
        using var header = await wire.SendAsync(HttpMethod.Get, "/v2/", null, ("X-Long", new string('a', 40_000)));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, header.StatusCode);
        using var name = await wire.GetAsync($"/v2/{new string('a', 256)}/tags/list");
        Assert.Equal(HttpStatusCode.BadRequest, name.StatusCode);
        Assert.Contains("NAME_INVALID", await name.Content.ReadAsStringAsync(Wire.Cancellation));
    }

    [Fact]
    public async Task The_number_of_uploads_under_way_is_limited()
    {
        var locations = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            locations.Add(await wire.BeginAsync());
        }

        using var refused = await wire.SendAsync(HttpMethod.Post, "blobs/uploads/", Wire.Bytes([]));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("TOOMANYREQUESTS", await refused.Content.ReadAsStringAsync(Wire.Cancellation));
        using var cancelled = await wire.DeleteAsync(locations[0]);
        await wire.BeginAsync();
    }

    [Fact]
    public async Task Abandoned_uploads_make_room_one_by_one_and_those_in_use_stay()
    {
        var abandoned = await wire.BeginAsync();
        time.Leap(TimeSpan.FromSeconds(3));
        var used = new List<string> { await wire.BeginAsync(), await wire.BeginAsync() };
        time.Leap(TimeSpan.FromSeconds(3));

        // The oldest has been idle for 6 seconds, the others for 3.
        await wire.BeginAsync();

        using var gone = await wire.GetAsync(abandoned);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        foreach (var location in used)
        {
            using var patch = await wire.PatchAsync(location, Wire.Noise(10));
            Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
        }

        using var refused = await wire.SendAsync(HttpMethod.Post, "blobs/uploads/", Wire.Bytes([]));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task A_stalled_body_is_abandoned_and_what_arrived_stays()
    {
        var location = await wire.BeginAsync();
        const string Rest = "HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nfive!";
        var said = await Task.WhenAll(
            RawAsync($"PATCH {location} {Rest}"),
            RawAsync($"PUT /v2/team/app/manifests/v1 {Rest}"),
            RawAsync($"POST / {Rest}")
        );
        Assert.All(said, text => Assert.StartsWith("HTTP/1.1 408 ", text));
        using var status = await wire.GetAsync(location);
        Assert.Equal("0-4", Wire.HeaderOf(status, "Range"));
    }

    [Theory]
    [InlineData("/v2/../../etc/passwd")]
    [InlineData("/v2/team/..%2f..%2fetc/manifests/v1")]
    [InlineData("/v2/%2e%2e/%2e%2e/blobs/uploads/")]
    [InlineData("/v2/_uploads/x/manifests/v1")]
    [InlineData("/v2/team/app/_layout/manifests/v1")]
    [InlineData("/v2/team/app/blobs/uploads/..%2f..%2fteam")]
    [InlineData("/v2/team/app/manifests/..")]
    [InlineData("/v2/team\\app/tags/list")]
    [InlineData("/v2/team/app%00/tags/list")]
    [InlineData("/v2/team/app/blobs/sha256:..%2f..%2f..%2fetc%2fpasswd")]
    public async Task A_path_out_of_the_store_is_refused(string path)
    {
        var before = Around(registry.Store.Directory).ToHashSet();
        foreach (var method in (string[])["GET", "PUT", "POST", "PATCH", "DELETE"])
        {
            var said = await RawAsync(
                $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
            );
            Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", said);
        }

        Assert.Empty(Around(registry.Store.Directory).Except(before));
    }

    [Theory]
    [InlineData("Host: evil.example.com")]
    [InlineData("Host: 127.0.0.1\r\nOrigin: https://evil.example.com")]
    public async Task Requests_by_web_pages_are_refused(string headers)
    {
        var said = await RawAsync($"GET /v2/ HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 ", said);
    }

    /// <summary>Sends raw bytes.</summary>
    /// <returns>Everything received until the registry closes the connection.</returns>
    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, registry.Address.Port, Wire.Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Wire.Cancellation);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Wire.Cancellation);
    }

    /// <summary>The files and folders beside the store.</summary>
    private static IEnumerable<string> Around(string store) =>
        Directory
            .EnumerateFileSystemEntries(Path.GetDirectoryName(store)!, "*", SearchOption.AllDirectories)
            .Where(entry => !entry.StartsWith(store + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private sealed class LeapingTime : TimeProvider
    {
        private TimeSpan ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

        public void Leap(TimeSpan time) => ahead += time;
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
