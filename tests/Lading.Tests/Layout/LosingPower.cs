using Lading.Layout;
using Lading.Oci;
using Lading.Server;
using Lading.Testing;
using Lading.Tests.Server;
using Lading.Writer;

namespace Lading.Tests.Layout;

/// <summary>
/// The system crashes at every point of a push and loses what was not flushed: every manifest still has all that it
/// names.
/// </summary>
public sealed class LosingPower : IDisposable
{
    private static readonly RepositoryName Name = RepositoryName.Parse("team/app");
    private static readonly Tag Latest = Tag.Parse("latest");
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Store => folder.Combine("store");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_manifest_never_names_a_blob_that_is_missing_or_short()
    {
        for (var lasting = 0; ; lasting++)
        {
            Assert.True(lasting < 1000);
            var disk = new FailingDisk(lasting);
            var outcome = await Record.ExceptionAsync(() => PushAsync(new LayoutStore(Store, disk), $"{lasting}"));
            FailingDisk.LosePower(Store);
            await IsWholeAsync();
            if (outcome is null)
            {
                Assert.True(lasting > 5);
                Assert.Contains(Latest, await Open().ListTagsAsync(Cancelled));
                return;
            }

            Assert.IsType<PowerFailedException>(outcome);
            // The same push after a reboot: nothing that was lost is assumed to be there.
            await PushAsync(new LayoutStore(Store, new FailingDisk(int.MaxValue)), $"{lasting}");
            FailingDisk.LosePower(Store);
            await IsWholeAsync();
            Directory.Delete(Store, recursive: true);
        }
    }

    [Fact]
    public async Task The_same_holds_for_a_server_that_acknowledged_every_blob()
    {
        var image = new SmallImage("served", layerSize: 100_000);
        var disk = new FailingDisk(int.MaxValue);
        await using (var server = await StartAsync(disk))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            var wire = new Wire(http, Name.Value);
            foreach (var blob in image.Manifest.Blobs)
            {
                await wire.PushBlobAsync(image.BytesOf(blob), blob.MediaType);
                await wire.HasBlobAsync(blob.Digest, image.BytesOf(blob));
            }
        }

        // Killed and restarted: the system still has what the server accepted.
        await using (var server = await StartAsync(disk))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            await new Wire(http, Name.Value).HasBlobAsync(image.Layer.Digest, image.BytesOf(image.Layer));
        }

        FailingDisk.LosePower(Store);
        await using (var server = await StartAsync(new FailingDisk(int.MaxValue)))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            var wire = new Wire(http, Name.Value);
            using var refused = await wire.PutManifestAsync(
                "latest",
                image.Manifest.Bytes.ToArray(),
                image.Manifest.MediaType
            );
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
            foreach (var blob in image.Manifest.Blobs)
            {
                await wire.PushBlobAsync(image.BytesOf(blob), blob.MediaType);
            }

            using var taken = await wire.PutManifestAsync(
                "latest",
                image.Manifest.Bytes.ToArray(),
                image.Manifest.MediaType
            );
            Assert.Equal(System.Net.HttpStatusCode.Created, taken.StatusCode);
        }

        FailingDisk.LosePower(Store);
        Assert.Equal([Latest], await Open().ListTagsAsync(Cancelled));
        await IsWholeAsync();
    }

    [Fact]
    public async Task An_unflushed_blob_of_another_repository_is_flushed_before_it_is_named_here()
    {
        var image = new SmallImage("shared", layerSize: (int)SharedBlobs.SmallestSought);
        var store = new LayoutStore(Store, new FailingDisk(int.MaxValue));
        var first = await CreateAsync(store, "team/first");
        foreach (var blob in image.Manifest.Blobs)
        {
            await first.PutBlobAsync(image.SourceOf(blob), null, Cancelled);
        }

        var second = await CreateAsync(store, Name.Value);
        Assert.Equal(
            BlobOutcome.Mounted,
            await second.PutBlobAsync(image.SourceOf(image.Layer, () => Assert.Fail("It was sent.")), null, Cancelled)
        );
        await image.PutAsync(second, Latest, Cancelled);
        FailingDisk.LosePower(Store);
        await IsWholeAsync();
    }

    private async Task PushAsync(LayoutStore store, string seed)
    {
        var layout = await CreateAsync(store, Name.Value);
        await new SmallImage(seed).PutAsync(layout, Latest, Cancelled);
        await new SmallImage($"{seed} again").PutAsync(layout, Latest, Cancelled);
    }

    private static async Task<ImageLayout> CreateAsync(LayoutStore store, string name)
    {
        var repository = RepositoryName.Parse(name);
        var record = new RepositoryRecord
        {
            Settings = RepositorySettings.MutableExcept(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await store.CreateAsync(repository, record, Cancelled);
        return store.Open(repository);
    }

    private Task<RegistryServer> StartAsync(FailingDisk disk) =>
        RegistryServer.StartAsync(new LayoutStore(Store, disk), new RegistryServerOptions(), Cancelled);

    /// <summary>The layout as it is after a reboot.</summary>
    private ImageLayout Open() => new LayoutStore(Store, new FailingDisk(int.MaxValue)).Open(Name);

    private async Task IsWholeAsync()
    {
        var layout = Open();
        foreach (var entry in (await layout.ReadIndexAsync(Cancelled)).Entries)
        {
            var manifest = await layout.FindManifestContentAsync(entry.Digest, Cancelled);
            Assert.NotNull(manifest);
            foreach (var blob in manifest.Blobs)
            {
                // Reading verifies the digest.
                await using var bytes = await layout.OpenBlobAsync(blob, Cancelled);
                await bytes.CopyToAsync(Stream.Null, Cancelled);
            }
        }
    }
}
