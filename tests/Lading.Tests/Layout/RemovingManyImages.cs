using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Layout;

public sealed class RemovingManyImages : IDisposable
{
    private static readonly RepositoryName Web = RepositoryName.Parse("shop/web");
    private static readonly RepositoryName Worker = RepositoryName.Parse("shop/worker");
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;
    private readonly TestFolder folder = new();
    private readonly LayoutStore store;

    public RemovingManyImages() => store = new LayoutStore(folder.Combine("store"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Their_blobs_are_removed_and_those_of_other_images_stay()
    {
        var first = await PutAsync(Web, "first", seed: 1);
        var second = await PutAsync(Web, "second", seed: 2);
        var before = UsedBytes();

        var swept = await new LayoutSweep(store, Web).RunAsync([first.Digest], LongAgo, Cancelled);

        Assert.Equal([first.Digest], swept.Manifests);
        Assert.Equal(first.Blobs.Sum(blob => blob.Size) + first.Bytes.Length, swept.FreedBytes);
        Assert.InRange(before - UsedBytes(), swept.FreedBytes, swept.FreedBytes + 1024);
        Assert.Equal(["second"], (await store.Open(Web).ListTagsAsync(Cancelled)).Select(tag => tag.Name));
        await ReadAllAsync(Web, second);
    }

    [Fact]
    public async Task A_layer_shared_with_another_image_of_the_repository_stays()
    {
        var first = await PutAsync(Web, "first", seed: 1, layers: 1);
        var larger = await PutAsync(Web, "larger", seed: 1, layers: 2);

        var swept = await new LayoutSweep(store, Web).RunAsync([larger.Digest], LongAgo, Cancelled);

        Assert.Equal([larger.Digest], swept.Manifests);
        await ReadAllAsync(Web, first);
    }

    [Fact]
    public async Task A_layer_shared_with_another_repository_frees_nothing_until_it_is_removed_there_too()
    {
        var image = await PutAsync(Web, "web", seed: 1, size: 2 * 1024 * 1024);
        await PutAsync(Worker, "worker", seed: 1, size: 2 * 1024 * 1024);
        var before = UsedBytes();

        var web = await new LayoutSweep(store, Web).RunAsync([image.Digest], LongAgo, Cancelled);
        Assert.Equal(0, web.FreedBytes);
        await ReadAllAsync(Worker, image);

        var worker = await new LayoutSweep(store, Worker).RunAsync([image.Digest], LongAgo, Cancelled);
        Assert.InRange(worker.FreedBytes, 2 * 1024 * 1024, before);
        Assert.InRange(before - UsedBytes(), worker.FreedBytes, before);
    }

    [Fact]
    public async Task Children_of_a_remaining_index_stay_whatever_was_asked_for()
    {
        using var index = await GeneratedIndex.CreateAsync(1, 100, Cancelled);
        await CreateAsync(Web);
        await CopyAsync(index.Layout, index.Manifest, Web, "multi");
        var child = index.Manifest.Children[0].Digest;

        var swept = await new LayoutSweep(store, Web).RunAsync([child], LongAgo, Cancelled);

        Assert.Empty(swept.Manifests);
        Assert.NotNull(await store.Open(Web).FindManifestAsync(child, Cancelled));
    }

    [Fact]
    public async Task An_index_is_removed_with_its_children()
    {
        using var index = await GeneratedIndex.CreateAsync(1, 100, Cancelled);
        await CreateAsync(Web);
        await CopyAsync(index.Layout, index.Manifest, Web, "multi");
        var all = index.Manifest.Children.Select(child => child.Digest).Prepend(index.Manifest.Digest).ToList();

        var swept = await new LayoutSweep(store, Web).RunAsync(all, LongAgo, Cancelled);

        Assert.Equal(all.Count, swept.Manifests.Count);
        Assert.Empty(BlobFiles(Web));
    }

    [Fact]
    public async Task The_next_run_removes_the_leftovers_of_a_killed_one()
    {
        var first = await PutAsync(Web, "first", seed: 1);
        var layout = store.Open(Web);
        // The index has been written, but no file removed yet.
        await layout.ChangeAsync(index => Task.FromResult(index.Without(first.Digest)), Cancelled);
        Assert.NotEmpty(BlobFiles(Web));

        var young = await new LayoutSweep(store, Web).RunAsync([], LongAgo, Cancelled);
        Assert.Equal(0, young.FreedBytes);

        var later = await new LayoutSweep(store, Web).RunAsync([], DateTimeOffset.MaxValue, Cancelled);
        Assert.True(later.FreedBytes > 0);
        Assert.Empty(BlobFiles(Web));
    }

    [Fact]
    public async Task Nothing_is_removed_if_a_remaining_image_cannot_be_read()
    {
        var first = await PutAsync(Web, "first", seed: 1);
        var second = await PutAsync(Web, "second", seed: 2);
        await File.WriteAllTextAsync(store.Open(Web).Blobs.PathOf(second.Digest), "{", Cancelled);

        await Assert.ThrowsAnyAsync<Exception>(() =>
            new LayoutSweep(store, Web).RunAsync([first.Digest], LongAgo, Cancelled)
        );

        await ReadAllAsync(Web, first);
    }

    private async Task CreateAsync(RepositoryName name) =>
        await store.CreateAsync(
            name,
            new RepositoryRecord { Settings = RepositorySettings.ImmutableExcept(), CreatedAt = LongAgo },
            Cancelled
        );

    private async Task<ManifestContent> PutAsync(
        RepositoryName name,
        string tag,
        int seed,
        int layers = 2,
        int size = 5000
    )
    {
        await CreateAsync(name);
        using var image = await GeneratedImage.CreateAsync(layers, size, Cancelled, seed);
        await CopyAsync(image.Layout, image.Manifest, name, tag);
        return image.Manifest;
    }

    private Task CopyAsync(ImageLayout from, ManifestContent manifest, RepositoryName to, string tag) =>
        ImageCopy.RunAsync(
            new CopyRequest(from, manifest, store.Open(to)) { Tag = Tag.Parse(tag) },
            progress: null,
            Cancelled
        );

    private async Task ReadAllAsync(RepositoryName name, ManifestContent manifest)
    {
        var layout = store.Open(name);
        Assert.NotNull(await layout.FindManifestContentAsync(manifest.Digest, Cancelled));
        foreach (var blob in manifest.Blobs)
        {
            await using var stream = await layout.OpenBlobAsync(blob, Cancelled);
            await stream.CopyToAsync(Stream.Null, Cancelled);
        }
    }

    private string[] BlobFiles(RepositoryName name) =>
        Directory.GetFiles(Path.Combine(store.PathOf(name), "blobs"), "*", SearchOption.AllDirectories);

    /// <summary>The bytes used on disk; a file with several names counts once.</summary>
    private long UsedBytes() =>
        Directory
            .GetFiles(store.Directory, "*", SearchOption.AllDirectories)
            .Select(path => new FileInfo(path))
            .DistinctBy(file => file.Length >= SharedBlobs.SmallestSought ? file.Name : file.FullName)
            .Sum(file => file.Length);
}
