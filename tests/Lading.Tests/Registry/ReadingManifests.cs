using System.Text;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Faults;
using Lading.Writer;

namespace Lading.Tests.Registry;

/// <summary>A manifest that does not match its digest is not accepted.</summary>
public sealed class ReadingManifests : IAsyncLifetime
{
    private const string Path = "/manifests/";
    private readonly SmallImage image = new("manifest");
    private TestRegistry registry = null!;
    private FaultServer server = null!;
    private TestClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Tag Tag => Tag.Parse("v1");

    private IImageRepository Repository => client.Open("shop/web");

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        server = await FaultServer.StartAsync(registry.Host);
        client = new TestClient(server.Host);
        await image.PutAsync(Repository, Tag, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task A_truncated_manifest_is_requested_again()
    {
        server.On("GET", Path, async e => await e.RelayAsync(await e.AskAsync(), keep: 100), times: 2);

        await AssertReadsAsync(image.Digest);
        await AssertReadsAsync(Tag);
    }

    [Fact]
    public async Task A_manifest_shortened_with_its_length_is_requested_again()
    {
        // The Content-Length matches the cut body: only the digest shows the fault.
        server.On("GET", Path, async e => await e.RelayAsync(await e.AskAsync(), bytes => bytes[..^10]), times: 1);

        await AssertReadsAsync(image.Digest);
    }

    [Fact]
    public async Task A_shortened_manifest_under_a_tag_without_a_digest_is_requested_again()
    {
        server.On(
            "GET",
            Path,
            async e =>
            {
                using var answer = await e.AskAsync();
                answer.Headers.Remove("Docker-Content-Digest");
                await e.RelayAsync(answer, bytes => bytes[..^10]);
            },
            times: 1
        );

        await AssertReadsAsync(Tag);
    }

    [Fact]
    public async Task A_permanently_wrong_manifest_is_not_accepted()
    {
        server.On("GET", Path, async e => await e.RelayAsync(await e.AskAsync(), Spaced));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            Repository.FindManifestContentAsync(image.Digest, Cancelled)
        );

        Assert.Contains(image.Digest.ToString(), failure.CameBack, StringComparison.Ordinal);
        Assert.Equal(2, server.Count("GET", Path));
    }

    [Fact]
    public async Task A_manifest_with_another_digest_than_the_registry_names_is_not_accepted()
    {
        server.On("GET", Path, async e => await e.RelayAsync(await e.AskAsync(), Spaced));

        await Assert.ThrowsAsync<LadingException>(() => Repository.FindManifestContentAsync(Tag, Cancelled));
    }

    [Fact]
    public async Task Content_that_is_not_a_manifest_is_reported()
    {
        server.On("GET", Path, e => e.AnswerAsync(200, "<html>Welcome to the hotel</html>"));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            Repository.FindManifestContentAsync(Tag, Cancelled)
        );

        Assert.Contains("not understood", failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_oversized_manifest_is_not_read_to_its_end()
    {
        server.On("GET", Path, e => e.AnswerAsync(200, new string(' ', 17 * 1024 * 1024)));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            Repository.FindManifestContentAsync(Tag, Cancelled)
        );

        Assert.Contains("larger than", failure.CameBack, StringComparison.Ordinal);
        Assert.Equal(1, server.Count("GET", Path));
    }

    [Fact]
    public async Task A_missing_manifest_is_null()
    {
        Assert.Null(await Repository.FindManifestContentAsync(Tag.Parse("v2"), Cancelled));
        Assert.Null(await Repository.FindManifestAsync(Tag.Parse("v2"), Cancelled));
    }

    [Fact]
    public async Task A_registry_without_HEAD_is_asked_for_the_whole_manifest()
    {
        server.On("HEAD", Path, e => e.AnswerAsync(405));

        Assert.Equal(image.Digest, (await Repository.FindManifestAsync(Tag, Cancelled))?.Digest);
    }

    [Fact]
    public async Task A_registry_that_names_no_digest_is_asked_for_the_whole_manifest()
    {
        server.On(
            "*",
            Path,
            async e =>
            {
                using var answer = await e.AskAsync();
                answer.Headers.Remove("Docker-Content-Digest");
                await e.RelayAsync(answer);
            }
        );

        Assert.Equal(image.Digest, (await Repository.FindManifestAsync(Tag, Cancelled))?.Digest);
    }

    private static byte[] Spaced(byte[] bytes) => [.. Encoding.UTF8.GetBytes(" "), .. bytes];

    private async Task AssertReadsAsync(ManifestReference reference)
    {
        var read = await Repository.FindManifestContentAsync(reference, Cancelled);

        Assert.Equal(image.Manifest.Bytes.ToArray(), read?.Bytes.ToArray());
        Assert.Equal(image.Digest, read?.Digest);
    }
}
