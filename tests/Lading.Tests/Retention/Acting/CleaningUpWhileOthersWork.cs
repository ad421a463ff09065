using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary>Whatever happens between any two calls of a run, no image that is needed gets lost.</summary>
public sealed class CleaningUpWhileOthersWork : IAsyncLifetime
{
    private PublishedShop shop = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => shop = await PublishedShop.CreateAsync();

    public ValueTask DisposeAsync()
    {
        shop.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("resolve")]
    [InlineData("promote")]
    public async Task A_verb_that_starts_at_any_point_of_a_run_keeps_its_images(string verb)
    {
        await using var origin = await PrunedWorld.StartAsync();
        await shop.PublishAsync(origin);
        var (points, locks) = (0, 0);
        for (var wasReached = true; wasReached; points++)
        {
            await using var world = await PrunedWorld.StartAsync();
            await shop.RipenAsync(world);
            var locked = default(Digest?);
            var at = new Countdown(points, async () => locked = await TryLockAsync(verb, world, origin));

            await world.PruneAsync(new SteppedRegistry(world.Registry, at.StepAsync), new SteppedEvidence(world, at));

            wasReached = at.HasHappened;
            if (locked is { } digest)
            {
                locks++;
                await world.AssertPublishedAsync(digest);
            }
        }

        Assert.True(points > 6 && locks > 4, $"{points} points, {locks} locks");
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("resolve")]
    [InlineData("promote")]
    public async Task A_run_at_any_point_of_a_verb_leaves_what_the_lock_names_or_no_lock_is_written(string verb)
    {
        await using var origin = await PrunedWorld.StartAsync();
        await shop.PublishAsync(origin);
        var (points, locks) = (0, 0);
        for (var wasReached = true; wasReached; points++)
        {
            await using var world = await PrunedWorld.StartAsync();
            var ripe = await shop.RipenAsync(world);
            var plan = await world.PlanAsync();
            var at = new Countdown(points, async () => await world.PruneAsync(plan: plan));
            var registry = new SteppedRegistry(world.Registry, at.StepAsync);
            if (await TryLockAsync(verb, world, origin, registry) is { } locked)
            {
                locks++;
                await world.AssertWholeAsync(locked);
            }
            else
            {
                Assert.False(await world.HasAsync(ripe));
            }

            wasReached = at.HasHappened;
        }

        Assert.True(points > 2 && locks > 1, $"{points} points, {locks} locks");
    }

    [Fact]
    public async Task A_run_that_is_killed_at_any_point_leaves_everything_usable_and_the_next_one_finishes()
    {
        var points = 0;
        for (var wasReached = true; wasReached; points++)
        {
            await using var world = await PrunedWorld.StartAsync();
            var ripe = await shop.RipenAsync(world);
            using var other = await GeneratedImage.CreateAsync(1, 100, Cancelled, seed: 5);
            await ImageCopy.RunAsync(
                new CopyRequest(other.Layout, other.Manifest, world.Registry.Open(PrunedWorld.Web))
                {
                    Tag = Tag.Parse("src-" + new string('5', 40)),
                },
                null,
                Cancelled
            );
            world.Used.Add(other.Digest);
            var at = new Countdown(points, () => throw new OperationCanceledException());
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await world.PruneAsync(
                    new SteppedRegistry(world.Registry, at.StepAsync),
                    new SteppedEvidence(world, at)
                );
                throw new InvalidOperationException("It was not killed.");
            });

            await world.AssertWholeAsync(other.Digest);
            wasReached = at.HasHappened;
            var finished = await world.PruneAsync();
            Assert.Empty(finished.Failures);
            Assert.False(await world.HasAsync(ripe));
            await world.AssertWholeAsync(other.Digest);
        }

        Assert.True(points > 6, $"{points} points");
    }

    [Fact]
    public async Task A_tag_that_moves_to_another_image_meanwhile_stays_with_it()
    {
        await using var world = await PrunedWorld.StartAsync(isImmutable: false);
        await shop.RipenAsync(world);
        using var other = await GeneratedImage.CreateAsync(1, 100, Cancelled, seed: 5);
        var source = shop.Identity.Fingerprint.SourceTag;
        var registry = new SteppedRegistry(
            world.Registry,
            () =>
                Directory.Exists(world.AuditFolder)
                    ? ImageCopy.RunAsync(
                        new CopyRequest(other.Layout, other.Manifest, world.Registry.Open(PrunedWorld.Web))
                        {
                            Tag = source,
                        },
                        null,
                        Cancelled
                    )
                    : Task.CompletedTask
        );

        await world.PruneAsync(registry);

        await world.AssertWholeAsync(other.Digest);
        Assert.Equal([source.Name], await world.TagsAsync(other.Digest));
    }

    [Fact]
    public async Task Publishing_an_archived_image_brings_it_back()
    {
        var points = 0;
        for (var wasReached = true; wasReached; points++)
        {
            await using var world = await PrunedWorld.StartAsync();
            await shop.RipenAsync(world);
            var locked = default(Digest);
            var at = new Countdown(points, async () => locked = await shop.PublishAsync(world));

            await world.PruneAsync(
                new SteppedRegistry(world.Registry, at.StepAsync),
                new SteppedEvidence(world, at),
                archives: true
            );

            wasReached = at.HasHappened;
            if (wasReached)
            {
                await world.AssertPublishedAsync(locked);
            }
        }

        Assert.True(points > 6, $"{points} points");
    }

    /// <summary>
    /// The digest in the lock; null if the image was deleted at that moment, and no lock was written.
    /// </summary>
    private async Task<Digest?> TryLockAsync(
        string verb,
        PrunedWorld world,
        PrunedWorld origin,
        IImageRegistry? registry = null
    )
    {
        try
        {
            return await shop.LockAsync(verb, world, origin, registry);
        }
        catch (LadingException e)
        {
            Assert.True(verb == "resolve" || e.Message.Contains("ublish again", StringComparison.Ordinal), e.Message);
            return null;
        }
    }
}
