using Lading.Oci;
using Lading.Shipping;
using Lading.Testing.Faults;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>Copies between and within real registries, whatever networks, proxies and registries do.</summary>
public sealed class CopyingThroughFaults(RealRegistries registries) : IClassFixture<RealRegistries>
{
    private const string Uploads = "/blobs/uploads/";
    private const string Blobs = "/blobs/sha256:";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("docker-registry", "embedded")]
    [InlineData("embedded", "docker-registry")]
    public async Task The_source_is_cut_off_and_the_target_breaks(string from, string to)
    {
        await using var source = await registries.BenchAsync(from);
        await using var target = await registries.BenchAsync(to);
        await source.PrepareAsync();
        source.Server.On("GET", Blobs, async e => await e.RelayAsync(await e.AskAsync(), keep: 600_000), times: 3);
        target.Server.On("PUT", Uploads, e => e.DropAfterAsync(900_000), times: 2);

        await CopyAsync(source, target);

        await target.AssertPushedAsync();
    }

    [Fact]
    public async Task The_source_is_corrupt_once()
    {
        await using var source = await registries.BenchAsync("docker-registry");
        await using var target = await registries.BenchAsync("embedded");
        await source.PrepareAsync();
        source.Server.On("GET", Blobs, CorruptAsync, times: 1);

        await CopyAsync(source, target);

        await target.AssertPushedAsync();
    }

    [Fact]
    public async Task The_source_is_corrupt_for_good()
    {
        await using var source = await registries.BenchAsync("docker-registry");
        await using var target = await registries.BenchAsync("embedded");
        await source.PrepareAsync();
        var digest = source.Image.Manifest.Document.Layers![0].Digest.ToString();
        source.Server.On("GET", digest, CorruptAsync);

        var failure = await Assert.ThrowsAsync<LadingException>(() => CopyAsync(source, target));

        Assert.Contains(digest, failure.CameBack, StringComparison.Ordinal);
        Assert.Equal(2, source.Server.Count("GET", digest));
        await target.AssertNothingStandsAsync();
    }

    [Fact]
    public async Task The_source_stalls()
    {
        await using var source = await registries.BenchAsync("docker-registry");
        await using var target = await registries.BenchAsync("embedded");
        await source.PrepareAsync();
        source.IsImpatient = target.IsImpatient = true;
        source.Server.On("GET", Blobs, async e => await e.RelayAndStallAsync(await e.AskAsync(), 600_000), times: 2);

        await CopyAsync(source, target);

        await target.AssertPushedAsync();
        // The target waited for the source; its upload was not restarted.
        Assert.Equal(target.Image.Manifest.Blobs.Count(), target.Server.Count("PUT", Uploads));
    }

    [Theory]
    [InlineData("docker-registry", 202)]
    [InlineData("docker-registry", 404)]
    [InlineData("docker-registry", 405)]
    [InlineData("docker-registry", 500)]
    [InlineData("embedded", 403)]
    public async Task Mounting_is_refused(string kind, int status)
    {
        await using var bench = await registries.BenchAsync(kind);
        await bench.PrepareAsync();
        bench.Server.On(
            "POST",
            "mount=",
            async e =>
            {
                if (status != 202)
                {
                    await e.AnswerAsync(status);
                    return;
                }

                // What a registry does that does not support mounting.
                using var answer = await e.AskAsync(message =>
                    message.RequestUri = new Uri(e.Request.Path, UriKind.Relative)
                );
                await e.RelayAsync(answer);
            }
        );
        var target = bench.Client.Open($"{bench.Repository}-copy");

        await ImageCopy.RunAsync(
            new CopyRequest(bench.Remote, bench.Image.Manifest, target) { Tag = FaultBench.Tag },
            null,
            Cancelled
        );

        await bench.AssertHoldsAsync(target);
        Assert.Equal(bench.Image.Manifest.Blobs.Count(), bench.Server.Count("PUT", Uploads));
    }

    private static Task<CopyResult> CopyAsync(FaultBench source, FaultBench target) =>
        ImageCopy.RunAsync(
            new CopyRequest(source.Remote, source.Image.Manifest, target.Remote) { Tag = FaultBench.Tag },
            null,
            Cancelled
        );

    private static async Task CorruptAsync(FaultedRequest exchange) =>
        await exchange.RelayAsync(
            await exchange.AskAsync(),
            bytes =>
            {
                bytes[bytes.Length / 2] ^= 1;
                return bytes;
            }
        );
}
