using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lading.Oci;
using Lading.Registry;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.Tests.Registry;

/// <summary>Transient failures are retried, within limits; permanent ones are reported at once.</summary>
public sealed class TryingAgain : IAsyncLifetime
{
    private FaultServer server = null!;
    private TestClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IImageRepository Repository => client.Open("shop/web");

    public async ValueTask InitializeAsync()
    {
        server = await FaultServer.StartAsync();
        client = new TestClient(server.Host);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task A_transient_status_is_waited_out(int status)
    {
        server.On("*", "/manifests/", e => e.AnswerAsync(status), times: 5);

        Assert.Null(await FindAsync());
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(400)]
    [InlineData(501)]
    public async Task A_permanent_status_is_reported_at_once(int status)
    {
        server.On(
            "*",
            "/manifests/",
            e => e.AnswerAsync(status, """{"errors":[{"code":"DENIED","message":"not for you"}]}""")
        );

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Single(server.Requests);
        Assert.Contains($"{status} ", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("DENIED: not for you", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains($"manifest v1 of shop/web at {server.Host}", failure.Attempted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lasting_failure_says_how_often_and_how_long_it_was_tried()
    {
        server.On("*", "/manifests/", e => e.FailAsync(HttpStatusCode.ServiceUnavailable, message: "closed for today"));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.Equal(6, server.Requests.Count);
        Assert.Matches(@"503 UNAVAILABLE: closed for today \(tried 6 times in \d+\.\d s\)", failure.CameBack);
    }

    [Fact]
    public async Task The_total_time_is_bounded_whatever_the_number_of_tries()
    {
        using var other = new TestClient(
            server.Host,
            schedule: TestClient.Impatient with
            {
                Tries = int.MaxValue,
                Total = TimeSpan.FromMilliseconds(300),
            }
        );
        server.On("*", "/manifests/", e => e.AnswerAsync(500));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAsync<LadingException>(() =>
            other.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled)
        );

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_pause_that_one_request_gets_applies_to_all()
    {
        server.On("*", "/manifests/", e => e.AnswerAsync(429, "", ("Retry-After", "1")), times: 1);
        var watch = Stopwatch.StartNew();
        var told = FindAsync();
        while (!client.Log.Any(line => line.Contains("; try 2 in ", StringComparison.Ordinal)))
        {
            await Task.Delay(1, Cancelled);
        }

        await Repository.FindBlobAsync(Digest.OfBytes("x"u8), Cancelled);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
        await told;
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_pause_may_be_a_date()
    {
        var watch = Stopwatch.StartNew();
        var until = TimeProvider.System.GetUtcNow().AddSeconds(2).ToString("r", CultureInfo.InvariantCulture);
        server.On("*", "/manifests/", e => e.AnswerAsync(503, "", ("Retry-After", until)), times: 1);

        Assert.Null(await FindAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_unreasonably_long_pause_is_reported_at_once()
    {
        server.On("*", "/manifests/", e => e.AnswerAsync(429, "", ("Retry-After", "3600")));
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<LadingException>(FindAsync);

        Assert.Contains("3600 s", failure.CameBack, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_broken_connection_is_reopened()
    {
        server.On("*", "/manifests/", e => e.DropAsync(), times: 3);

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task A_hanging_request_is_abandoned_and_sent_again()
    {
        using var other = new TestClient(server.Host, schedule: TestClient.Impatient);
        server.On("*", "/manifests/", e => e.StallAsync(), times: 1);

        Assert.Null(await other.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled));
        Assert.Contains(other.Log, line => line.Contains("nothing came for 1 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unreachable_registry_is_reported_with_what_to_do()
    {
        // A bound port on which nobody listens, so that no other server can take it.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var host = taken.LocalEndPoint!.ToString()!;
        using var other = new TestClient(host, schedule: TestClient.Impatient);

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            other.Open("shop/web").FindManifestAsync(Tag.Parse("v1"), Cancelled)
        );

        Assert.Contains(host, failure.Attempted, StringComparison.Ordinal);
        Assert.Contains("tried 6 times", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("Check that the registry is up", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_at_once()
    {
        server.On("*", "/manifests/", e => e.AnswerAsync(503, "", ("Retry-After", "60")));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var asked = Repository.FindManifestAsync(Tag.Parse("v1"), end.Token);
        while (!client.Log.Any(line => line.Contains("; try 2 in ", StringComparison.Ordinal)))
        {
            await Task.Delay(1, Cancelled);
        }

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task A_response_cannot_control_the_terminal()
    {
        server.On("*", "/manifests/", e => e.AnswerAsync(403, "\u001b[2Jgone\r\nerror: all is well\u0007"));

        var failure = await Assert.ThrowsAsync<LadingException>(ReadAsync);

        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.Contains("gone error: all is well", failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_document_is_reported_by_its_code_and_text()
    {
        var error = RegistryError.Parse(
            HttpStatusCode.NotFound,
            """{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry","detail":{"name":"x"}}]}"""
        );

        Assert.Equal(
            "the registry answered 404 NAME_UNKNOWN: repository name not known to registry",
            error.Description
        );
    }

    private Task<Descriptor?> FindAsync() => Repository.FindManifestAsync(Tag.Parse("v1"), Cancelled);

    private Task<ManifestContent?> ReadAsync() => Repository.FindManifestContentAsync(Tag.Parse("v1"), Cancelled);
}
