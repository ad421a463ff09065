using Lading.Oci;
using Lading.Testing.Faults;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>
/// Pulls from real registries, whatever networks, proxies and registries do: the layout has every byte afterwards, or
/// the error says why not.
/// </summary>
public sealed class PullingThroughFaults(RealRegistries registries) : IClassFixture<RealRegistries>
{
    private const string Blobs = "/blobs/sha256:";
    private const string Manifests = "/manifests/";

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task Downloads_are_cut_off(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        bench.Server.On("GET", Blobs, async e => await e.RelayAsync(await e.AskAsync(), keep: 500_000), times: 6);

        await bench.PullAsync();

        await bench.AssertPulledAsync();
        Assert.Contains(bench.Server.Requests, request => request.Range.Length > 0);
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task Downloads_are_cut_off_and_ranges_ignored(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        bench.Server.On("GET", Blobs, async e => await e.RelayAsync(await e.AskAsync(m => m.Headers.Range = null)));
        bench.Server.On("GET", Blobs, async e => await e.RelayAsync(await e.AskAsync(), keep: 500_000), times: 4);

        await bench.PullAsync();

        await bench.AssertPulledAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task Downloads_stall(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        bench.IsImpatient = true;
        bench.Server.On("GET", Blobs, async e => await e.RelayAndStallAsync(await e.AskAsync(), 500_000), times: 2);
        bench.Server.On("GET", Manifests, e => e.StallAsync(), times: 1);

        await bench.PullAsync();

        await bench.AssertPulledAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_blob_arrives_corrupt_once(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        bench.Server.On("GET", Blobs, CorruptAsync, times: 1);

        await bench.PullAsync();

        await bench.AssertPulledAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_blob_is_corrupt_for_good(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        var digest = bench.Image.Manifest.Document.Layers![1].Digest;
        bench.Server.On("GET", digest.ToString(), CorruptAsync);

        var failure = await Assert.ThrowsAnyAsync<Exception>(bench.PullAsync);

        Assert.Contains(digest.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Null(bench.Pulled.Blobs.Find(digest));
        Assert.Empty(await bench.Pulled.ListTagsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, bench.Server.Count("GET", digest.ToString()));
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_manifest_is_cut_off(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        bench.Server.On("GET", Manifests, async e => await e.RelayAsync(await e.AskAsync(), keep: 100), times: 2);
        bench.Server.On(
            "GET",
            Manifests,
            async e => await e.RelayAsync(await e.AskAsync(), bytes => bytes[..^5]),
            times: 1,
            skip: 2
        );

        await bench.PullAsync();

        await bench.AssertPulledAsync();
    }

    [Theory]
    [InlineData("docker-registry", 429)]
    [InlineData("docker-registry", 503)]
    [InlineData("embedded", 502)]
    public async Task The_storage_behind_a_redirect_is_busy_or_the_redirect_has_expired(string kind, int status)
    {
        await using var bench = await PreparedAsync(kind);
        await using var storage = await FaultServer.StartAsync(await registries.HostAsync(kind));
        bench.Server.On("GET", Blobs, e => RedirectAsync(e, storage));
        storage.On("GET", Blobs, e => e.AnswerAsync(status, "<Error><Code>SlowDown</Code></Error>"), times: 3);
        storage.On("GET", Blobs, e => e.AnswerAsync(403, "<Error><Code>Expired</Code></Error>"), times: 1, skip: 3);

        await bench.PullAsync();

        await bench.AssertPulledAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_storage_behind_a_redirect_gets_no_login(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        await using var storage = await FaultServer.StartAsync(await registries.HostAsync(kind));
        bench.LogIn(new KnownLogin(new() { User = "ada", Password = "secret" }));
        bench.Server.On(
            "*",
            "/v2/",
            e =>
                e.Request.Headers.Authorization.Count == 0
                    ? e.AnswerAsync(401, "", ("WWW-Authenticate", "Basic realm=\"x\""))
                : e.Request.Path.Value!.Contains(Blobs, StringComparison.Ordinal) ? RedirectAsync(e, storage)
                : e.PassAsync()
        );

        await bench.PullAsync();

        await bench.AssertPulledAsync();
        Assert.NotEmpty(storage.Requests);
        Assert.All(storage.Requests, request => Assert.Equal("", request.Authorization));
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_registry_that_points_downloads_at_others_is_not_followed(string kind)
    {
        await using var bench = await PreparedAsync(kind);
        bench.Server.On("GET", Blobs, e => e.AnswerAsync(307, "", ("Location", "http://169.254.169.254/latest/")));

        var failure = await Assert.ThrowsAnyAsync<Exception>(bench.PullAsync);

        Assert.Contains("is not followed", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await bench.Pulled.ListTagsAsync(TestContext.Current.CancellationToken));
    }

    private static Task RedirectAsync(FaultedRequest exchange, FaultServer storage) =>
        exchange.AnswerAsync(307, "", ("Location", $"http://{storage.Host}{exchange.Request.Path}?signature=x"));

    private static async Task CorruptAsync(FaultedRequest exchange) =>
        await exchange.RelayAsync(
            await exchange.AskAsync(),
            bytes =>
            {
                bytes[bytes.Length / 2] ^= 1;
                return bytes;
            }
        );

    private async Task<FaultBench> PreparedAsync(string kind)
    {
        var bench = await registries.BenchAsync(kind);
        await bench.PrepareAsync();
        return bench;
    }
}
