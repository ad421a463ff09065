using System.Collections.Concurrent;
using Lading.Fingerprints;
using Lading.Layout;
using Lading.Oci;
using Lading.Registries;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Shipping;

/// <summary>
/// The digests of unpinned bases are looked up once per run, so that images from one base are built on one digest.
/// </summary>
public sealed class SettlingBases : IAsyncLifetime
{
    private const string Host = "registry.example";

    private static readonly RepositoryName Node = RepositoryName.Parse("library/node");
    private static readonly BaseReference Unpinned = new($"{Host}/{Node}:22", null);

    private readonly TestFolder folder = new();
    private readonly ConcurrentQueue<string> asked = new();

    private EmbeddedRegistry Registry => new(new LayoutStore(folder.Path), TimeProvider.System);

    public async ValueTask InitializeAsync() =>
        await Registry.CreateRepositoryAsync(Node, RepositorySettings.MutableExcept(), Cancelled);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_images_from_one_base_get_one_digest_even_if_its_tag_moves_meanwhile()
    {
        var first = await PushAsync("first");
        var current = await FindAsync(Unpinned, Unpinned);
        await PushAsync("second");

        var bases = new[] { "web", "api" }.Select(image =>
            Assert.Single(current.Settle(image, [Unpinned], new Notes()))
        );

        Assert.All(bases, each => Assert.Equal(first, each.Digest));
        Assert.Equal([Host], asked);
    }

    [Fact]
    public async Task A_base_that_has_a_digest_is_not_looked_up()
    {
        var pinned = Unpinned with { Digest = Digest.OfBytes("pinned"u8) };
        var notes = new Notes();

        var current = await FindAsync(pinned);

        Assert.Equal([pinned], current.Settle("web", [pinned], notes));
        Assert.Empty(asked);
        Assert.Empty(notes.Texts);
    }

    [Fact]
    public async Task A_base_whose_registry_does_not_answer_is_left_to_the_engine_and_reported()
    {
        var current = await FindAsync(Unpinned, new BaseReference("localhost/mine:1", null));
        var notes = new Notes();

        var bases = current.Settle("web", [Unpinned, new BaseReference("localhost/mine:1", null)], notes);

        Assert.All(bases, each => Assert.Null(each.Digest));
        Assert.Collection(
            notes.Texts,
            text => Assert.Contains("since its registry could not be asked: ", text, StringComparison.Ordinal),
            text =>
                Assert.EndsWith(
                    "since its registry is only in the engine of this machine",
                    text,
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>
    /// The plan found every platform of the image in the registry, but one has been deleted before the build.
    /// </summary>
    [Fact]
    public async Task A_base_of_an_image_that_was_not_planned_to_be_built_is_left_to_the_engine()
    {
        var current = await FindAsync();
        var notes = new Notes();

        Assert.Equal([Unpinned], current.Settle("web", [Unpinned], notes));
        Assert.EndsWith("since its registry was not asked", Assert.Single(notes.Texts), StringComparison.Ordinal);
    }

    private Task<CurrentBases> FindAsync(params BaseReference[] bases) =>
        new UpstreamImages(
            new RegistriesByHost(
                (host, _) =>
                {
                    asked.Enqueue(host);
                    return Task.FromResult<IImageRegistry>(Registry);
                }
            ),
            TimeProvider.System
        ).FindCurrentAsync(bases, Cancelled);

    private async Task<Digest> PushAsync(string text)
    {
        var manifest = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = [],
                Annotations = new Dictionary<string, string> { ["of"] = text },
            }
        );
        await Registry.Open(Node).PutManifestAsync(manifest, Tag.Parse("22"), Cancelled);
        return manifest.Digest;
    }

    private sealed class Notes : IProgress<ShippingEvent>
    {
        public List<string> Texts { get; } = [];

        public void Report(ShippingEvent value) => Texts.Add(value.Note ?? "");
    }
}
