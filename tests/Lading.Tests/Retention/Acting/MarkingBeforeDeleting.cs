using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary>An unneeded image is marked by one run and deleted by a later one, unless it comes into use.</summary>
public sealed class MarkingBeforeDeleting : IAsyncLifetime
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
    public async Task A_first_run_marks_and_one_after_the_grace_deletes()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.PublishLongAgoAsync(world);

        var marked = await world.PruneAsync();
        Assert.Equal([digest], marked.Marked.Select(one => one.Digest));
        Assert.Empty(marked.Removed);
        Assert.Contains(
            DeletionMark.ExpiredOn(UtcDay.Of(world.Time.GetUtcNow()), digest).Tag.Name,
            await world.TagsAsync(digest)
        );
        await world.AssertWholeAsync(digest);

        world.Time.Advance(TimeSpan.FromDays(6));
        var waiting = await world.PruneAsync();
        Assert.Empty(waiting.Removed);
        Assert.Equal(digest, Assert.Single(waiting.Waiting).Image.Digest);

        world.Time.Advance(TimeSpan.FromDays(1));
        var deleted = await world.PruneAsync();
        Assert.Contains(digest, deleted.Removed.Select(one => one.Digest));
        Assert.Empty(deleted.Failures);
        Assert.False(await world.HasAsync(digest));
        Assert.True(deleted.Freed!.Bytes > shop.Image.Manifest.Blobs.Sum(blob => blob.Size) - 1);
    }

    [Fact]
    public async Task Use_ends_a_mark_and_disuse_begins_a_new_one()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.PublishLongAgoAsync(world);
        await world.PruneAsync();

        world.Time.Advance(TimeSpan.FromDays(8));
        world.Used.Add(digest);
        var kept = await world.PruneAsync();
        Assert.Equal([digest], kept.KeptAgain.Select(one => one.Digest));
        Assert.Null(DeletionMark.MarkedSince(digest, await world.TagsAsync(digest)));

        world.Used.Clear();
        world.Time.Advance(PublishedShop.LongAgo);
        var again = await world.PruneAsync();
        Assert.Empty(again.Removed);
        Assert.Equal([digest], again.Marked.Select(one => one.Digest));
    }

    [Fact]
    public async Task A_pull_that_is_the_marking_itself_delays_the_deletion_but_does_not_end_the_mark()
    {
        await using var world = await PrunedWorld.StartAsync();
        world.MarkingIsAPull = true;
        var digest = await shop.PublishLongAgoAsync(world);
        await world.PruneAsync();

        world.Time.Advance(TimeSpan.FromDays(8));
        var early = await world.PruneAsync();
        Assert.Empty(early.Removed);
        Assert.Empty(early.KeptAgain);

        world.Time.Advance(TimeSpan.FromDays(24));
        Assert.Contains(digest, (await world.PruneAsync()).Removed.Select(one => one.Digest));
    }

    [Fact]
    public async Task Publishing_a_marked_image_keeps_it_before_a_lock_names_it()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.PublishLongAgoAsync(world);
        await world.PruneAsync();
        world.Time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(digest, await shop.PublishAsync(world));
        var outcome = await world.PruneAsync();

        Assert.Empty(outcome.Removed);
        Assert.Null(DeletionMark.MarkedSince(digest, await world.TagsAsync(digest)));
        await world.AssertWholeAsync(digest);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-6)]
    public async Task Nothing_is_done_if_the_clock_is_wrong(int minutes)
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.RipenAsync(world);
        var registry = new SteppedRegistry(world.Registry, () => Task.CompletedTask)
        {
            ClockLead = TimeSpan.FromMinutes(minutes),
        };

        var failure = await Assert.ThrowsAsync<LadingException>(() => world.PruneAsync(registry));

        Assert.Equal(FailureKind.CheckFailed, failure.Kind);
        Assert.Contains("6 minutes", failure.CameBack, StringComparison.Ordinal);
        await world.AssertWholeAsync(digest);
    }

    [Fact]
    public async Task Deletes_an_index_with_its_children_in_an_order_that_ECR_accepts()
    {
        await using var world = await PrunedWorld.StartAsync();
        using var index = await GeneratedIndex.CreateAsync(1, 100, Cancelled);
        await ImageCopy.RunAsync(
            new CopyRequest(index.Layout, index.Manifest, world.Registry.Open(PrunedWorld.Web))
            {
                Tag = Tag.Parse("src-" + new string('1', 40)),
            },
            null,
            Cancelled
        );
        world.Time.Advance(PublishedShop.LongAgo);
        Assert.Equal(3, (await world.PruneAsync()).Marked.Count);
        world.Time.Advance(TimeSpan.FromDays(7));

        var outcome = await world.PruneAsync();

        Assert.Empty(outcome.Failures);
        Assert.Equal(3, outcome.Removed.Count);
    }

    [Fact]
    public async Task Archiving_comes_after_the_grace_too_and_publishing_restores()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.PublishLongAgoAsync(world);
        Assert.Empty((await world.PruneAsync(archives: true)).Removed);
        world.Time.Advance(TimeSpan.FromDays(7));

        var archived = await world.PruneAsync(archives: true);

        Assert.Contains(digest, archived.Removed.Select(one => one.Digest));
        Assert.True(
            (await world.Registry.FindImagesAsync(PrunedWorld.Web, [digest], Cancelled))
                .Images.Values.Single()
                .IsArchived
        );
        Assert.Equal(digest, await shop.PublishAsync(world));
        await world.AssertWholeAsync(digest);
    }

    [Fact]
    public async Task Promoting_restores_what_its_origin_archived()
    {
        await using var origin = await PrunedWorld.StartAsync();
        var digest = await shop.PublishLongAgoAsync(origin);
        await origin.PruneAsync(archives: true);
        origin.Time.Advance(TimeSpan.FromDays(7));
        Assert.Contains(digest, (await origin.PruneAsync(archives: true)).Removed.Select(one => one.Digest));
        await using var world = await PrunedWorld.StartAsync();

        Assert.Equal(digest, await shop.LockAsync("promote", world, origin));
        await world.AssertPublishedAsync(digest);
    }
}
