using System.Net;
using System.Net.Sockets;
using System.Text;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;
using Lading.Tests.Server.Ecr;

namespace Lading.Tests.Server;

/// <summary>
/// Requests that nobody should send, and files that nobody should leave, are answered in the terms of the protocol.
/// </summary>
public sealed class RefusingWhatIsOdd : IAsyncLifetime
{
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
    [InlineData("CONNECT 127.0.0.1:443")]
    [InlineData("CONNECT example.com:443")]
    [InlineData("POST /v2/")]
    [InlineData("DELETE /v2/")]
    [InlineData("PUT /v2")]
    [InlineData("TRACE /v2/")]
    [InlineData("GET /v2/team/app/blobs/uploads/")]
    [InlineData("PUT /v2/team/app/tags/list")]
    [InlineData("OPTIONS /v2/_catalog")]
    public async Task A_method_that_an_address_does_not_support_is_refused_with_a_message(string line)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, registry.Address.Port, Cancelled);
        var stream = client.GetStream();
        var host = line.StartsWith("CONNECT", StringComparison.Ordinal) ? line.Split(' ')[1] : "127.0.0.1";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
            Cancelled
        );
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Cancelled);

        Assert.Matches("^HTTP/1.1 40[35] ", answer);
        Assert.Contains("\"errors\":[{\"code\":", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_manifest_that_states_a_wrong_size_is_refused_by_both_protocols(int off)
    {
        var layer = await wire.PushBlobAsync(Wire.Noise(100), MediaTypes.OciLayerGzip);
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciManifest,
                Config = await wire.PushBlobAsync("{}"u8.ToArray(), MediaTypes.OciEmpty),
                Layers = [layer with { Size = layer.Size + off }],
            }
        );

        using var response = await wire.PutManifestAsync("v1", manifest.Bytes.ToArray(), manifest.MediaType);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains("MANIFEST_INVALID", text, StringComparison.Ordinal);
        Assert.Contains($"has {100 + off} bytes; it has 100", text, StringComparison.Ordinal);
        var refused = await new EcrWire(registry).RefusedAsync(
            "PutImage",
            new
            {
                repositoryName = "team/app",
                imageManifest = Encoding.UTF8.GetString(manifest.Bytes.Span),
                imageTag = "v1",
            }
        );
        Assert.Equal("InvalidParameterException", refused);
        await wire.LacksAsync("manifests/v1");
    }

    [Theory]
    [InlineData("{ not JSON")]
    [InlineData("null")]
    [InlineData("")]
    public async Task An_unreadable_repository_does_not_hide_the_others(string record)
    {
        var ecr = new EcrWire(registry);
        await ecr.CreateAsync("team/app");
        await ecr.CreateAsync("team/broken");
        var file = Path.Combine(registry.Store.Directory, "team", "broken", "_repository.json");
        await File.WriteAllTextAsync(file, record, Cancelled);

        var answer = await ecr.CallAsync("DescribeRepositories", new { });

        Assert.Equal(["team/app"], EcrWire.Texts(answer.GetProperty("repositories"), "repositoryName"));
        // A mount without an origin searches the other repositories too.
        var blob = await wire.PushBlobAsync(Wire.Noise(100), MediaTypes.OciLayerGzip);
        using var mounted = await wire.SendAsync(
            HttpMethod.Post,
            $"/v2/team/new/blobs/uploads/?mount={blob.Digest}",
            Wire.Bytes([])
        );
        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        // A request for that repository is told which file is broken.
        using var named = await wire.GetAsync("/v2/team/broken/tags/list");
        Assert.Equal(HttpStatusCode.InternalServerError, named.StatusCode);
        Assert.Contains("_repository.json", await named.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_be_a_folder_is_not_served()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "/dev/null is Unix's.");
        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            Lading.Server.RegistryServer.StartAsync(
                new LayoutStore("/dev/null/x"),
                new Lading.Server.RegistryServerOptions(),
                Cancelled
            )
        );
        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains("/dev/null/x", failure.Message, StringComparison.Ordinal);
    }
}
