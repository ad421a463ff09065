using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.IntegrationTests.Registry;

/// <summary>Images that are pushed to a real registry and pulled again, with the fewest requests.</summary>
public sealed class MovingImages
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Other_clients_pull_a_pushed_image()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(3, 100_000, Cancelled);
        using var pulled = new TestFolder();

        var target = client.Open("shop/web");
        await ImageCopy.RunAsync(image.Layout, image.Digest, target, null, Cancelled);
        await target.PutManifestAsync(image.Manifest, Tag.Parse("v1"), Cancelled);

        await Skopeo.CopyAsync($"docker://{server.Host}/shop/web:v1", $"oci:{pulled.Combine("layout")}:v1");
        var found = await new ImageLayout(pulled.Combine("layout")).FindManifestAsync(Tag.Parse("v1"), Cancelled);
        Assert.Equal(image.Digest, found?.Digest);
    }

    [Fact]
    public async Task Pulls_an_image_that_another_client_pushed()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(3, 100_000, Cancelled);
        using var pulled = new TestFolder();
        await Skopeo.CopyAsync($"oci:{image.Path}:latest", $"docker://{server.Host}/shop/web:v1");

        var source = client.Open("shop/web");
        var found = await source.FindManifestAsync(Tag.Parse("v1"), Cancelled);
        var target = new ImageLayout(pulled.Combine("layout"));
        await ImageCopy.RunAsync(source, found!.Digest, target, null, Cancelled);

        Assert.Equal(image.Digest, found.Digest);
        Assert.All(image.Manifest.Blobs, blob => Assert.Equal(blob.Size, target.Blobs.Find(blob.Digest)));
    }

    [Fact]
    public async Task A_push_to_a_new_repository_takes_two_requests_per_blob()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(20, 1000, Cancelled);

        await ImageCopy.RunAsync(image.Layout, image.Digest, client.Open("shop/web"), null, Cancelled);

        Assert.Equal(
            "1 GET tags, 1 HEAD manifests, 21 POST uploads?mount, 1 PUT manifests, 21 PUT uploads",
            client.Requests.Summary
        );
    }

    [Fact]
    public async Task A_push_under_a_tag_reads_it_before_and_after()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(60, 1000, Cancelled);
        var request = new CopyRequest(image.Layout, image.Manifest, client.Open("shop/web")) { Tag = Tag.Parse("v1") };

        await ImageCopy.RunAsync(request, null, Cancelled);
        Assert.Equal(
            "1 GET tags, 2 HEAD manifests, 61 POST uploads?mount, 1 PUT manifests, 61 PUT uploads",
            client.Requests.Summary
        );
        client.Requests.Clear();

        await ImageCopy.RunAsync(request, null, Cancelled);
        Assert.Equal("1 HEAD manifests", client.Requests.Summary);
    }

    [Fact]
    public async Task An_existing_image_gets_another_tag_without_a_blob()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(5, 1000, Cancelled);
        var request = new CopyRequest(image.Layout, image.Manifest, client.Open("shop/web")) { Tag = Tag.Parse("v1") };
        await ImageCopy.RunAsync(request, null, Cancelled);
        client.Requests.Clear();

        await ImageCopy.RunAsync(request with { Tag = Tag.Parse("v2") }, null, Cancelled);

        Assert.Equal("1 GET tags, 3 HEAD manifests, 1 PUT manifests", client.Requests.Summary);
    }

    [Fact]
    public async Task A_pull_takes_one_request_per_blob()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(20, 1000, Cancelled);
        await ImageCopy.RunAsync(image.Layout, image.Digest, client.Open("shop/web"), null, Cancelled);
        client.Requests.Clear();
        using var folder = new TestFolder();

        var target = new ImageLayout(folder.Combine("layout"));
        await ImageCopy.RunAsync(client.Open("shop/web"), image.Digest, target, null, Cancelled);

        Assert.Equal("21 GET blobs, 1 GET manifests", client.Requests.Summary);
    }

    [Fact]
    public async Task A_second_push_asks_once()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(3, 1000, Cancelled);
        await ImageCopy.RunAsync(image.Layout, image.Digest, client.Open("shop/web"), null, Cancelled);
        client.Requests.Clear();

        var result = await ImageCopy.RunAsync(image.Layout, image.Digest, client.Open("shop/web"), null, Cancelled);

        Assert.True(result.IsThere);
        Assert.Equal("1 HEAD manifests", client.Requests.Summary);
    }

    [Fact]
    public async Task A_push_after_an_interruption_sends_only_what_is_missing()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(3, 1000, Cancelled);
        var target = client.Open("shop/web");
        foreach (var blob in image.Manifest.Blobs.Take(2))
        {
            await target.PutBlobAsync(
                new ReadableBlob(blob, t => image.Layout.OpenBlobAsync(blob, t)),
                null,
                Cancelled
            );
        }

        client.Requests.Clear();

        var result = await ImageCopy.RunAsync(image.Layout, image.Digest, target, null, Cancelled);

        Assert.Equal(image.Manifest.Blobs.Skip(2).Sum(blob => blob.Size), result.BytesSent);
        Assert.Equal(2, client.Requests.Requests.Count(request => request == "PUT uploads"));
    }

    [Fact]
    public async Task A_copy_within_a_registry_takes_one_request_per_blob()
    {
        await using var server = await DockerRegistryServer.StartAsync();
        using var client = new TestClient(server.Host);
        using var image = await GeneratedImage.CreateAsync(20, 1000, Cancelled);
        await ImageCopy.RunAsync(image.Layout, image.Digest, client.Open("shop/web"), null, Cancelled);
        client.Requests.Clear();

        await ImageCopy.RunAsync(client.Open("shop/web"), image.Digest, client.Open("other/web"), null, Cancelled);

        Assert.Equal(
            "1 GET manifests, 1 HEAD manifests, 21 POST uploads?mount, 1 PUT manifests",
            client.Requests.Summary
        );
    }

    [Fact]
    public async Task A_copy_between_registries_keeps_the_digest()
    {
        await using var from = await DockerRegistryServer.StartAsync();
        await using var to = await DockerRegistryServer.StartAsync();
        using var source = new TestClient(from.Host);
        using var target = new TestClient(to.Host);
        using var image = await GeneratedImage.CreateAsync(5, 300_000, Cancelled);
        await ImageCopy.RunAsync(image.Layout, image.Digest, source.Open("shop/web"), null, Cancelled);

        await ImageCopy.RunAsync(source.Open("shop/web"), image.Digest, target.Open("shop/web"), null, Cancelled);

        var found = await target.Open("shop/web").FindManifestContentAsync(image.Digest, Cancelled);
        Assert.Equal(image.Manifest.Bytes.ToArray(), found?.Bytes.ToArray());
    }
}
