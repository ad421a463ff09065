using Lading.Oci;

namespace Lading.Tests.Retention.Acting;

/// <summary>Who deleted what, when and why: written to disk and to the registry before the first image goes.</summary>
public sealed class WritingDownWhatIsDeleted : IAsyncLifetime
{
    private PublishedShop shop = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => shop = await PublishedShop.CreateAsync();

    public ValueTask DisposeAsync()
    {
        shop.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Deletions_are_written_to_disk_and_to_the_repository_before_the_first_image_goes()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.RipenAsync(world);
        string? before = null;
        var registry = new SteppedRegistry(
            world.Registry,
            async () =>
            {
                before ??= Directory.Exists(world.AuditFolder)
                    ? await File.ReadAllTextAsync(Directory.GetFiles(world.AuditFolder)[0], Cancelled)
                    : null;
            }
        );

        var outcome = await world.PruneAsync(registry);

        Assert.Contains(digest.ToString(), before, StringComparison.Ordinal);
        Assert.Contains("\"why\":\"nothing uses it; marked on ", before, StringComparison.Ordinal);
        Assert.Contains("\"who\":\"arn:aws:", before, StringComparison.Ordinal);
        Assert.DoesNotContain("\"deleted\"", before, StringComparison.Ordinal);
        Assert.Contains(
            "\"action\":\"deleted\"",
            await File.ReadAllTextAsync(outcome.AuditPath!, Cancelled),
            StringComparison.Ordinal
        );
        var tag = Tag.Parse(Assert.Single(outcome.AuditArtifacts).Split(':')[1]);
        Assert.StartsWith(DeletionMark.AuditPrefix, tag.Name, StringComparison.Ordinal);
        var artifact = await world.Registry.Open(PrunedWorld.Web).FindManifestContentAsync(tag, Cancelled);
        world.Time.Advance(PublishedShop.LongAgo);
        var later = await world.PruneAsync();
        Assert.DoesNotContain(artifact!.Digest, later.Marked.Select(one => one.Digest));
    }

    [Fact]
    public async Task Nothing_is_deleted_if_it_cannot_be_written_down()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.RipenAsync(world);
        await File.WriteAllTextAsync(world.AuditFolder, "a file", Cancelled);

        await Assert.ThrowsAsync<LadingException>(() => world.PruneAsync());

        await world.AssertWholeAsync(digest);
    }
}
