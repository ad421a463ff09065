using System.Net;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.Tests.Server;

/// <summary>A repository with thousands of tags takes the next one as easily as the first.</summary>
public sealed class KeepingManyTags : IAsyncLifetime
{
    private static readonly RepositoryName Name = RepositoryName.Parse("team/app");
    private TestRegistry registry = null!;
    private Wire wire = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Index => Path.Combine(registry.Store.PathOf(Name), "index.json");

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        wire = new Wire(registry.Http);
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task Three_hundred_tags_in_one_request_write_the_index_once()
    {
        var image = await PushBlobsAsync("one");
        using var writes = new IndexWrites(registry.Store.PathOf(Name));

        using var response = await PutAsync(image, Enumerable.Range(0, 300).Select(i => $"t{i:000}"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(300, response.Headers.GetValues("OCI-Tag").Count());
        using var list = await wire.GetAsync("tags/list?n=1000");
        Assert.Equal(300, (await registry.Store.Open(Name).ListTagsAsync(Cancelled)).Count);
        Assert.Equal(1, await writes.CountAsync());
    }

    [Fact]
    public async Task Puts_none_of_several_tags_if_one_is_taken()
    {
        using var first = await PutAsync(await PushBlobsAsync("one"), ["src-taken"]);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var second = await PutAsync(await PushBlobsAsync("two"), ["a", "src-taken", "b"]);

        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal(["src-taken"], (await registry.Store.Open(Name).ListTagsAsync(Cancelled)).Select(tag => tag.Name));
    }

    [Fact]
    public async Task A_known_index_is_not_read_again_until_somebody_else_writes_it()
    {
        var image = await PushBlobsAsync("one");
        using var many = await PutAsync(image, Enumerable.Range(0, 100).Select(i => $"t{i}"));
        var layout = registry.Store.Open(Name);
        var known = await layout.ReadIndexAsync(Cancelled);
        Assert.Same(known, await registry.Store.Open(Name).ReadIndexAsync(Cancelled));

        // Like another process, which shares no memory with this one.
        await new LayoutStore(registry.Store.Directory)
            .Open(Name)
            .PutManifestAsync(image.Manifest, Tag.Parse("other"), Cancelled);
        Assert.Equal(101, (await layout.ListTagsAsync(Cancelled)).Count);

        // Another program, which changes the text but not its length.
        var text = await File.ReadAllTextAsync(Index, Cancelled);
        await File.WriteAllTextAsync(Index, text.Replace("\"t7\"", "\"x7\"", StringComparison.Ordinal), Cancelled);
        File.SetLastWriteTimeUtc(Index, File.GetLastWriteTimeUtc(Index).AddSeconds(1));
        Assert.Contains(Tag.Parse("x7"), await layout.ListTagsAsync(Cancelled));

        // A program that puts the old index back.
        await File.WriteAllBytesAsync(Index, known.ToBytes(), Cancelled);
        Assert.Equal(100, (await layout.ListTagsAsync(Cancelled)).Count);
    }

    private async Task<SmallImage> PushBlobsAsync(string seed)
    {
        var image = new SmallImage(seed);
        foreach (var blob in image.Manifest.Blobs)
        {
            await wire.PushBlobAsync(image.BytesOf(blob), blob.MediaType);
        }

        return image;
    }

    private Task<HttpResponseMessage> PutAsync(SmallImage image, IEnumerable<string> tags) =>
        wire.PutManifestAsync(
            $"{image.Digest}?{string.Join('&', tags.Select(tag => $"tag={tag}"))}",
            image.Manifest.Bytes.ToArray(),
            image.Manifest.MediaType
        );

    /// <summary>Counts how often the index is replaced.</summary>
    private sealed class IndexWrites : IDisposable
    {
        private readonly FileSystemWatcher watcher;
        private readonly string last;
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int count;

        public IndexWrites(string layout)
        {
            Directory.CreateDirectory(layout);
            last = Path.Combine(layout, "last");
            watcher = new FileSystemWatcher(layout) { EnableRaisingEvents = true };
            watcher.Renamed += (_, change) => count += change.Name == "index.json" ? 1 : 0;
            watcher.Created += (_, change) =>
            {
                if (change.Name == "last")
                {
                    seen.TrySetResult();
                }
            };
        }

        /// <summary>The count, once all events up to now have arrived.</summary>
        public async Task<int> CountAsync()
        {
            await File.WriteAllTextAsync(last, "", Cancelled);
            await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
            return count;
        }

        public void Dispose() => watcher.Dispose();
    }
}
