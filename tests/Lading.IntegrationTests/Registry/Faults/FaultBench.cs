using Lading.Http;
using Lading.Layout;
using Lading.Oci;
using Lading.Registry.Credentials;
using Lading.Shipping;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>
/// An image, a real registry, a fault server in front of it, and a look at what the registry has afterwards.
/// </summary>
internal sealed class FaultBench : IAsyncDisposable
{
    private readonly TestClient direct;
    private readonly TestFolder folder = new();
    private TestClient? client;

    private FaultBench(FaultServer server, TestClient direct, GeneratedImage image, string repository)
    {
        Server = server;
        this.direct = direct;
        Image = image;
        Repository = repository;
    }

    public static Tag Tag { get; } = Tag.Parse("v1");

    /// <summary>Three layers of two megabytes.</summary>
    public GeneratedImage Image { get; }

    /// <summary>Between the client and the registry.</summary>
    public FaultServer Server { get; }

    public string Repository { get; }

    /// <summary>Whether something stalls on purpose; set before the client is used.</summary>
    public bool IsImpatient { get; set; }

    /// <summary>Our client, through the faults.</summary>
    public TestClient Client => client ??= new TestClient(Server.Host, schedule: Schedule);

    public IImageRepository Remote => Client.Open(Repository);

    /// <summary>The registry itself, without the faults.</summary>
    public IImageRepository Truth => direct.Open(Repository);

    /// <summary>Where <see cref="PullAsync"/> puts what it gets.</summary>
    public ImageLayout Pulled => new(folder.Combine("pulled"));

    private RetrySchedule Schedule => IsImpatient ? TestClient.Impatient : TestClient.AtOnce;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<FaultBench> CreateAsync(string host, string repository) =>
        new(
            await FaultServer.StartAsync(host),
            new TestClient(host),
            await GeneratedImage.CreateAsync(3, 2_000_000, Cancelled),
            repository
        );

    /// <summary>Gives the client a login from here on.</summary>
    public void LogIn(IRegistryCredentials credentials) => client = new TestClient(Server.Host, credentials, Schedule);

    public Task<CopyResult> PushAsync() =>
        ImageCopy.RunAsync(new CopyRequest(Image.Layout, Image.Manifest, Remote) { Tag = Tag }, null, Cancelled);

    /// <summary>Pushes the image to the registry, without the faults.</summary>
    public Task PrepareAsync() =>
        ImageCopy.RunAsync(new CopyRequest(Image.Layout, Image.Manifest, Truth) { Tag = Tag }, null, Cancelled);

    public async Task<CopyResult> PullAsync()
    {
        var manifest = await Remote.FindManifestContentAsync(Tag, Cancelled);
        Assert.NotNull(manifest);
        return await ImageCopy.RunAsync(new CopyRequest(Remote, manifest, Pulled) { Tag = Tag }, null, Cancelled);
    }

    /// <summary>The push survived: the tag points to the image, and every byte of it is there.</summary>
    public Task AssertPushedAsync() => AssertHoldsAsync(Truth);

    /// <summary>The pull survived: the layout has every byte.</summary>
    public Task AssertPulledAsync() => AssertHoldsAsync(Pulled);

    /// <summary>The push failed: nothing in the registry looks complete.</summary>
    public async Task AssertNothingStandsAsync()
    {
        Assert.Empty(await Truth.ListTagsAsync(Cancelled));
        Assert.Null(await Truth.FindManifestAsync(Image.Digest, Cancelled));
    }

    /// <summary>A place has the image, whole.</summary>
    public async Task AssertHoldsAsync(IImageRepository place)
    {
        var manifest = await place.FindManifestContentAsync(Tag, Cancelled);
        Assert.Equal(Image.Digest, manifest?.Digest);
        foreach (var blob in Image.Manifest.Blobs)
        {
            await using var stream = await place.OpenBlobAsync(blob, Cancelled);
            await stream.CopyToAsync(Stream.Null, Cancelled);
        }
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        direct.Dispose();
        Image.Dispose();
        await Server.DisposeAsync();
        folder.Dispose();
    }
}
