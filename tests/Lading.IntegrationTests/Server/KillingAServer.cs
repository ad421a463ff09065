using System.Net;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.IntegrationTests.Server;

public sealed class KillingAServer : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task At_any_moment_leaves_whole_images_and_the_other_server_undisturbed()
    {
        var store = new LayoutStore(folder.Combine("store"));
        await using var steady = await LadingRegistryServer.StartAsync(store.Directory);
        using var steadyClient = ClientOf(steady.Host);
        var pushed = 0;
        for (var round = 0; round < 5; round++)
        {
            await using var killed = await LadingRegistryServer.StartAsync(store.Directory);
            var pushes = Enumerable.Range(0, 4).Select(i => PushUntilKilledAsync(killed.Host, $"{round}-{i}")).ToList();
            pushed += await PushAsync(new Wire(steadyClient), $"steady-{round}");
            await Task.Delay(TimeSpan.FromMilliseconds(50 + (37 * round)), TimeProvider.System, Cancellation);
            killed.Kill();
            await Task.WhenAll(pushes);
            await EnsureWholeAsync(store);
        }

        Assert.Equal(5, pushed);
        using var last = await steadyClient.GetAsync(new Uri("/v2/team/app/tags/list", UriKind.Relative), Cancellation);
        Assert.Contains("steady-4", await last.Content.ReadAsStringAsync(Cancellation));
    }

    private static HttpClient ClientOf(string host) => new() { BaseAddress = new Uri($"http://{host}") };

    private static async Task PushUntilKilledAsync(string host, string name)
    {
        using var client = ClientOf(host);
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                await PushAsync(new Wire(client), $"{name}-{i}");
            }
        }
        catch (HttpRequestException)
        {
            // The server was killed.
        }
    }

    private static async Task<int> PushAsync(Wire wire, string tag)
    {
        var image = new SmallImage(tag, layerSize: 50_000);
        foreach (var blob in image.Manifest.Blobs)
        {
            await wire.PushBlobAsync(image.BytesOf(blob), blob.MediaType);
        }

        var bytes = image.Manifest.Bytes.ToArray();
        using var response = await wire.PutManifestAsync(tag, bytes, image.Manifest.MediaType);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return 1;
    }

    private static async Task EnsureWholeAsync(LayoutStore store)
    {
        var layout = store.Open(RepositoryName.Parse("team/app"));
        var tags = await layout.ListTagsAsync(Cancellation);
        Assert.NotEmpty(tags);
        foreach (var tag in tags)
        {
            var manifest = await layout.FindManifestContentAsync(tag, Cancellation);
            Assert.NotNull(manifest);
            foreach (var blob in manifest.Blobs)
            {
                await using var stream = await layout.OpenBlobAsync(blob, Cancellation);
                await stream.CopyToAsync(Stream.Null, Cancellation);
            }
        }
    }
}
