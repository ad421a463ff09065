using System.Net;
using Lading.Layout;
using Lading.Oci;
using Lading.Server;
using Lading.Testing;
using Lading.Writer;

namespace Lading.Tests.Server;

/// <summary>Several servers, and programs that write without a server, use one store at once.</summary>
public sealed class SharingAStore : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly List<RegistryServer> servers = [];
    private readonly List<Wire> wires = [];
    private LayoutStore store = null!;

    public async ValueTask InitializeAsync()
    {
        store = new LayoutStore(folder.Combine("registry"));
        for (var i = 0; i < 3; i++)
        {
            var server = await RegistryServer.StartAsync(store, new RegistryServerOptions(), Wire.Cancellation);
            servers.Add(server);
            wires.Add(new Wire(new HttpClient { BaseAddress = server.Address }));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        wires.ForEach(wire => wire.Http.Dispose());
        folder.Dispose();
    }

    [Fact]
    public async Task One_of_twenty_concurrent_pushes_of_an_immutable_tag_wins_and_all_see_it()
    {
        var record = new RepositoryRecord
        {
            Settings = RepositorySettings.ImmutableExcept(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await store.CreateAsync(RepositoryName.Parse("team/app"), record, Wire.Cancellation);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => PushAsync(wires[i % wires.Count], new SmallImage($"image {i}"), "src-1"))
        );
        Assert.Single(answers, status => status == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(status => status == HttpStatusCode.BadRequest));
        var digests = new HashSet<string>();
        foreach (var wire in wires)
        {
            using var head = await wire.HeadAsync("manifests/src-1");
            digests.Add(Wire.HeaderOf(head, "Docker-Content-Digest"));
        }

        Assert.Single(digests);
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_push_different_tags_at_once()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(async i =>
                {
                    // Every fourth image is written directly to the layout.
                    var image = new SmallImage($"image {i}");
                    if (i % 4 == 3)
                    {
                        var layout = store.Open(RepositoryName.Parse("team/app"));
                        await image.PutAsync(layout, Tag.Parse($"v{i}"), Wire.Cancellation);
                    }
                    else
                    {
                        var status = await PushAsync(wires[i % wires.Count], image, $"v{i}");
                        Assert.Equal(HttpStatusCode.Created, status);
                    }
                })
        );
        using var list = await wires[0].GetAsync("tags/list");
        var text = await list.Content.ReadAsStringAsync(Wire.Cancellation);
        Assert.All(Enumerable.Range(0, 30), i => Assert.Contains($"\"v{i}\"", text));
        for (var i = 0; i < 30; i++)
        {
            using var pulled = await wires[i % wires.Count].GetAsync($"manifests/v{i}");
            Assert.Equal(
                new SmallImage($"image {i}").Manifest.Bytes.ToArray(),
                await pulled.Content.ReadAsByteArrayAsync(Wire.Cancellation)
            );
        }
    }

    [Fact]
    public async Task A_server_that_ends_leaves_the_uploads_of_others_alone()
    {
        var bytes = Wire.Noise(1000);
        var location = await wires[0].BeginAsync();
        using var patch = await wires[0].PatchAsync(location, bytes[..500]);
        await wires[1].BeginAsync();
        await servers[1].DisposeAsync();
        servers.RemoveAt(1);
        using var finished = await wires[0].FinishAsync(location, Wire.DigestOf(bytes), bytes[500..]);
        Assert.Equal(HttpStatusCode.Created, finished.StatusCode);
        await wires[2].HasBlobAsync(Wire.DigestOf(bytes), bytes);
    }

    private static async Task<HttpStatusCode> PushAsync(Wire wire, SmallImage image, string tag)
    {
        foreach (var blob in image.Manifest.Blobs)
        {
            await wire.PushBlobAsync(image.BytesOf(blob), blob.MediaType);
        }

        using var response = await wire.PutManifestAsync(tag, image.Manifest.Bytes.ToArray(), image.Manifest.MediaType);
        return response.StatusCode;
    }
}
