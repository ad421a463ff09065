using Lading.Layout;
using Lading.Oci;
using Lading.Writer;

namespace Lading.Tests.Layout;

public sealed class KeepingManyRepositories : IDisposable
{
    private static readonly RepositoryName Storefront = RepositoryName.Parse("storefront");
    private static readonly RepositoryName Web = RepositoryName.Parse("storefront/web");
    private static readonly Tag Source = Tag.Parse("src-1");
    private readonly string root = Directory.CreateTempSubdirectory("lading-store-").FullName;

    private LayoutStore Store => new(Path.Combine(root, "registry"));

    private EmbeddedRegistry Registry => new(Store, TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_repository_may_lie_below_another()
    {
        foreach (var name in new[] { Web, Storefront })
        {
            await Registry.CreateRepositoryAsync(name, RepositorySettings.ImmutableExcept(), Cancelled);
            await new SmallImage(name.Value).PutAsync(Registry.Open(name), Source, Cancelled);
        }

        Assert.Equal([Storefront, Web], Store.List(Cancelled));
        Assert.Equal(
            [new SmallImage("storefront").Digest, new SmallImage("storefront/web").Digest],
            [await DigestAsync(Storefront), await DigestAsync(Web)]
        );
    }

    [Fact]
    public async Task A_store_that_does_not_exist_yet_is_empty()
    {
        Assert.Empty(Store.List(Cancelled));
        var contents = await Registry.FindImagesAsync(Web, [Source], Cancelled);
        Assert.False(contents.Exists);
        Assert.Empty(contents.Images);
        Assert.False(Directory.Exists(Store.Directory));
    }

    [Fact]
    public async Task A_repository_is_created_once()
    {
        await Registry.CreateRepositoryAsync(Web, RepositorySettings.ImmutableExcept("main"), Cancelled);
        await Registry.CreateRepositoryAsync(Web, RepositorySettings.MutableExcept(), Cancelled);

        var settings = Store.Find(Web)!.Settings;
        Assert.False(settings.TagsAreMutable);
        Assert.Equal(["main"], settings.Exceptions);
    }

    [Fact]
    public async Task Tag_rules_apply_to_every_client()
    {
        await Registry.CreateRepositoryAsync(Web, RepositorySettings.ImmutableExcept("main"), Cancelled);
        var (first, second) = (new SmallImage("one"), new SmallImage("two"));
        await first.PutAsync(Registry.Open(Web), Source, Cancelled);
        await first.PutAsync(Registry.Open(Web), Tag.Parse("main"), Cancelled);

        await second.PutAsync(Registry.Open(Web), Tag.Parse("main"), Cancelled);
        var taken = await Assert.ThrowsAsync<TagIsTakenException>(() =>
            second.PutAsync(Registry.Open(Web), Source, Cancelled)
        );

        Assert.Equal(first.Digest, taken.Current);
    }

    [Fact]
    public async Task One_query_finds_all_tags_of_the_images()
    {
        var image = new SmallImage("one");
        await Registry.CreateRepositoryAsync(Web, RepositorySettings.ImmutableExcept(), Cancelled);
        await image.PutAsync(Registry.Open(Web), Source, Cancelled);
        await image.PutAsync(Registry.Open(Web), Tag.Parse("git-4e1c0d2"), Cancelled);

        var contents = await Registry.FindImagesAsync(Web, [Source, Tag.Parse("src-2")], Cancelled);

        Assert.True(contents.Exists);
        var (tag, found) = Assert.Single(contents.Images);
        Assert.Equal((Source, image.Digest, MediaTypes.OciManifest), (tag, found.Digest, found.MediaType));
        Assert.Equal(["git-4e1c0d2", "src-1"], found.Tags!.Select(one => one.Name));
    }

    [Fact]
    public async Task Twenty_publishers_at_once_end_with_one_digest()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(number =>
                    Task.Run(
                        async () =>
                        {
                            using var registry = Registry;
                            await registry.CreateRepositoryAsync(Web, RepositorySettings.ImmutableExcept(), Cancelled);
                            try
                            {
                                // Each image has two publishers.
                                await new SmallImage($"{number / 2}").PutAsync(registry.Open(Web), Source, Cancelled);
                                Assert.Equal(new SmallImage($"{number / 2}").Digest, await DigestAsync(Web));
                            }
                            catch (TagIsTakenException e)
                            {
                                Assert.Equal(await DigestAsync(Web), e.Current);
                            }
                        },
                        Cancelled
                    )
                )
        );

        Assert.Equal([Source], await Registry.Open(Web).ListTagsAsync(Cancelled));
    }

    [Fact]
    public async Task A_repository_in_the_store_is_an_ordinary_layout()
    {
        var image = new SmallImage("one");
        await Registry.CreateRepositoryAsync(Web, RepositorySettings.ImmutableExcept(), Cancelled);
        await image.PutAsync(Registry.Open(Web), Source, Cancelled);

        var plain = new ImageLayout(Path.Combine(Store.Directory, "storefront", "web", "_layout"));

        Assert.Equal(image.Digest, (await plain.FindManifestAsync(Source, Cancelled))?.Digest);
    }

    private async Task<Digest?> DigestAsync(RepositoryName name) =>
        (await Registry.Open(name).FindManifestAsync(Source, Cancelled))?.Digest;
}
