using System.Net;
using System.Net.Sockets;
using System.Text;
using Lading.Oci;
using Lading.Server;
using Lading.Server.Access;
using Lading.Testing;
using Lading.Tests.Server.Ecr;

namespace Lading.Tests.Server;

/// <summary>Bodies that trickle in do not keep others from pushing.</summary>
public sealed class WithstandingSlowBodies : IAsyncLifetime
{
    private const int Large = 200_000;
    private TestRegistry registry = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static SignedCall Call => new(TimeProvider.System.GetUtcNow());

    public async ValueTask InitializeAsync() =>
        registry = await TestRegistry.StartAsync(
            new RegistryServerOptions
            {
                Listen = IPAddress.Any,
                Logins = RegistryLogins.Parse("bob:builder"),
                LargeBodyGrace = TimeSpan.FromMilliseconds(500),
            }
        );

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [InlineData("mallory", 0, "ecr", "UnrecognizedClientException")]
    [InlineData("bob", 20, "ecr", "InvalidSignatureException")]
    [InlineData("bob", 0, "s3", "InvalidSignatureException")]
    public async Task Refuses_impossible_credentials_before_the_body(
        string key,
        int minutes,
        string service,
        string code
    )
    {
        var now = TimeProvider.System.GetUtcNow().AddMinutes(minutes);
        var call = new SignedCall(now) { AccessKey = key, Service = service };
        using var client = await SendAsync(call.Head(Large));
        // No byte of the body has been sent.
        Assert.Contains(code, await AnswerAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_detected_before_the_body_if_the_digest_is_signed()
    {
        var call = Call with
        {
            Secret = "wrong",
            Signed = "host;x-amz-content-sha256;x-amz-date;x-amz-target",
            More = new Dictionary<string, string> { ["x-amz-content-sha256"] = new string('0', 64) },
        };
        using var client = await SendAsync(call.Head(Large));
        Assert.Contains("InvalidSignatureException", await AnswerAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task False_claims_keep_no_real_client_waiting()
    {
        var clients = await TrickleAsync(40, Call.Head(Large));
        await PushesAsync();
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_turn_ends_if_the_body_is_too_slow_even_with_valid_credentials()
    {
        var login = Convert.ToBase64String("bob:builder"u8);
        var head =
            $"PUT /v2/team/app/manifests/v1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {login}\r\nContent-Length: {Large}\r\n\r\n";
        var clients = await TrickleAsync(LargeBodies.MostProven, head);
        await PushesAsync();
        Assert.StartsWith("HTTP/1.1 408 ", await AnswerAsync(clients[0]), StringComparison.Ordinal);
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>Pushes a manifest that is large enough to need a turn.</summary>
    private async Task PushesAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{registry.Address.Port}") };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("bob:builder"u8));
        http.Timeout = TimeSpan.FromSeconds(20);
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = [],
                Annotations = new Dictionary<string, string> { ["long"] = new string('a', Large) },
            }
        );
        using var response = await new Wire(http).PutManifestAsync(
            "large",
            manifest.Bytes.ToArray(),
            manifest.MediaType
        );
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    /// <summary>Opens connections that send enough to need a turn, and then nothing.</summary>
    private async Task<List<TcpClient>> TrickleAsync(int count, string head)
    {
        var clients = new List<TcpClient>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(await SendAsync(head + new string(' ', 70_000)));
        }

        // By now they have their turns.
        await Task.Delay(100, Cancelled);
        return clients;
    }

    private async Task<TcpClient> SendAsync(string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, registry.Address.Port, Cancelled);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancelled);
        return client;
    }

    private static async Task<string> AnswerAsync(TcpClient client)
    {
        var bytes = new byte[4096];
        var read = 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        int got;
        while (
            (got = await client.GetStream().ReadAsync(bytes.AsMemory(read), limit.Token)) > 0
            && !Encoding.ASCII.GetString(bytes, 0, read += got).Contains('}', StringComparison.Ordinal)
        ) { }

        return Encoding.ASCII.GetString(bytes, 0, read);
    }
}
