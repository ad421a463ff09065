using System.Net;
using System.Text;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.IntegrationTests.Server.Fuzzing;

public sealed class SurvivingMalformedRequests : IAsyncLifetime
{
    private const int Batch = 40;
    private const int Connections = 4;
    private TestRegistry registry = null!;
    private long answered;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => registry = await TestRegistry.StartAsync();

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000, Traits = ["Run", "long"])]
    public async Task The_server_does_not_fail_however_many_there_are(int count)
    {
        var known = await KnownAsync();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(seed => SendAsync(new Random(seed), known, count)));
        Assert.InRange(answered, count, long.MaxValue);

        using var ping = await registry.Http.GetAsync(new Uri("/v2/", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, ping.StatusCode);
        await EnsureWholeAsync();
    }

    private async Task SendAsync(Random random, IReadOnlyList<string> known, int count)
    {
        var requests = new MalformedRequests(random, known);
        while (Interlocked.Read(ref answered) < count)
        {
            var batch = Enumerable.Range(0, Batch).Select(_ => requests.Next()).ToList();
            if (random.Next(4) == 0)
            {
                batch.Add(("GET", requests.NextBroken()));
            }

            using var connection = await PipelinedConnection.OpenAsync(registry.Address.Port, Cancellation);
            var statuses = await connection.ExchangeAsync(batch, Cancellation);
            for (var i = 0; i < statuses.Count; i++)
            {
                // 501 and 505 say that HTTP itself was not understood.
                Assert.True(
                    statuses[i] is < 500 or 501 or 505,
                    $"{statuses[i]} for {Encoding.Latin1.GetString(batch[i].Bytes)}"
                );
            }

            Interlocked.Add(ref answered, statuses.Count);
        }
    }

    /// <summary>Creates an image and an upload in progress, and returns what names them.</summary>
    private async Task<IReadOnlyList<string>> KnownAsync()
    {
        var wire = new Wire(registry.Http);
        var image = new SmallImage("one");
        foreach (var blob in image.Manifest.Blobs)
        {
            await wire.PushBlobAsync(image.BytesOf(blob), blob.MediaType);
        }

        using var pushed = await wire.PutManifestAsync("v1", image.Manifest.Bytes.ToArray(), image.Manifest.MediaType);
        var location = await wire.BeginAsync();
        return
        [
            wire.Repository,
            "team",
            "v1",
            image.Digest.ToString(),
            image.Layer.Digest.ToString(),
            image.Configuration.Digest.ToString(),
            location[(location.LastIndexOf('/') + 1)..],
            MediaTypes.OciManifest,
            MediaTypes.OciIndex,
            "111111111111",
            "ARCHIVE",
            "IMMUTABLE",
            "WILDCARD",
        ];
    }

    /// <summary>Whatever was accepted is whole.</summary>
    private async Task EnsureWholeAsync()
    {
        foreach (var name in registry.Store.List(Cancellation))
        {
            var layout = registry.Store.Open(name);
            foreach (var tag in await layout.ListTagsAsync(Cancellation))
            {
                var manifest = await layout.FindManifestContentAsync(tag, Cancellation);
                Assert.NotNull(manifest);
                Assert.All(manifest.Blobs, blob => Assert.NotNull(layout.Blobs.Find(blob.Digest)));
            }
        }

        var around = Directory.GetFileSystemEntries(Path.GetDirectoryName(registry.Store.Directory)!);
        Assert.Equal([registry.Store.Directory], around);
    }
}
