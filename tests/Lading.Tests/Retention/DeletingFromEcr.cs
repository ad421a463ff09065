using Lading.Fingerprints;
using Lading.Oci;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;
using Lading.Shipping;
using Lading.Testing;
using Lading.Tests.Fingerprints;

namespace Lading.Tests.Retention;

/// <summary>What is to go is marked by one run and deleted by another; whoever needs it in between has it.</summary>
public sealed class DeletingFromEcr : IAsyncLifetime
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(60);
    private GeneratedImage image = null!;
    private ImageIdentity identity = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        image = await GeneratedImage.CreateAsync(1, 100, Cancelled);
        using var git = await TestRepository.CreateAsync();
        git.Write("lading.json", """{ "project": "shop", "images": { "web": { "context": "." } } }""")
            .Write("Dockerfile", "FROM scratch\nCOPY . /srv\n");
        await git.CommitAsync("first");
        identity = Assert.Single(await git.IdentitiesAsync(revision: "HEAD"));
    }

    public ValueTask DisposeAsync()
    {
        image.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_first_run_marks_and_one_after_the_grace_deletes()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await PublishedAsync(world);

        var marked = await world.PruneAsync();
        Assert.Equal([digest], marked.Marked.Select(one => one.Digest));
        Assert.Empty(marked.Removed);
        Assert.Contains(
            DeletionMark.ExpiredOn(DeletionMark.DayOf(world.Time.GetUtcNow()), digest).Tag.Name,
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
        Assert.True(deleted.FreedBytes > image.Manifest.Blobs.Sum(blob => blob.Size) - 1);
    }

    [Fact]
    public async Task Use_ends_a_mark_and_disuse_begins_it_again()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await PublishedAsync(world);
        await world.PruneAsync();

        world.Time.Advance(TimeSpan.FromDays(8));
        world.Used.Add(digest);
        var kept = await world.PruneAsync();
        Assert.Equal([digest], kept.KeptAgain.Select(one => one.Digest));
        Assert.Null(DeletionMark.MarkedSince(digest, await world.TagsAsync(digest)));

        world.Used.Clear();
        world.Time.Advance(LongAgo);
        var again = await world.PruneAsync();
        Assert.Empty(again.Removed);
        Assert.Equal([digest], again.Marked.Select(one => one.Digest));
    }

    [Fact]
    public async Task A_pull_that_is_the_marking_itself_delays_the_deletion_and_ends_no_mark()
    {
        await using var world = await PrunedWorld.StartAsync();
        world.MarkingIsAPull = true;
        var digest = await PublishedAsync(world);
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
        var digest = await PublishedAsync(world);
        await world.PruneAsync();
        world.Time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(digest, await world.PublishAsync(identity, image));
        var outcome = await world.PruneAsync();

        Assert.Empty(outcome.Removed);
        Assert.Null(DeletionMark.MarkedSince(digest, await world.TagsAsync(digest)));
        await world.AssertWholeAsync(digest);
    }

    [Fact]
    public async Task A_publish_that_starts_at_any_point_of_a_run_keeps_its_images()
    {
        var points = 0;
        for (var wasReached = true; wasReached; points++)
        {
            await using var world = await PrunedWorld.StartAsync();
            await RipeAsync(world);
            var locked = default(Digest);
            var at = new Countdown(points, async () => locked = await world.PublishAsync(identity, image));

            await world.PruneAsync(new SteppedRegistry(world.Registry, at.StepAsync), new SteppedEvidence(world, at));

            wasReached = at.HasHappened;
            if (wasReached)
            {
                await world.AssertPublishedAsync(locked);
            }
        }

        Assert.True(points > 6, $"{points} points");
    }

    [Fact]
    public async Task A_run_at_any_point_of_a_publish_leaves_what_the_lock_names_or_the_publish_fails()
    {
        var points = 0;
        var locks = 0;
        for (var wasReached = true; wasReached; points++)
        {
            await using var world = await PrunedWorld.StartAsync();
            var ripe = await RipeAsync(world);
            var plan = await world.PlanAsync();
            var at = new Countdown(points, async () => await world.PruneAsync(plan: plan));
            try
            {
                var locked = await world.PublishAsync(
                    identity,
                    image,
                    new SteppedRegistry(world.Registry, at.StepAsync)
                );
                locks++;
                await world.AssertWholeAsync(locked);
            }
            catch (LadingException e)
            {
                Assert.Contains("ublish again", e.Message, StringComparison.Ordinal);
                Assert.False(await world.HasAsync(ripe));
            }

            wasReached = at.HasHappened;
        }

        Assert.True(points > 3 && locks > 1, $"{points} points, {locks} locks");
    }

    [Fact]
    public async Task A_run_that_is_killed_at_any_point_leaves_all_usable_and_the_next_one_finishes()
    {
        var points = 0;
        for (var wasReached = true; wasReached; points++)
        {
            await using var world = await PrunedWorld.StartAsync();
            var ripe = await RipeAsync(world);
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
    public async Task A_tag_that_moved_to_another_image_in_this_moment_stays_with_it()
    {
        await using var world = await PrunedWorld.StartAsync(isImmutable: false);
        await RipeAsync(world);
        using var other = await GeneratedImage.CreateAsync(1, 100, Cancelled, seed: 5);
        var source = identity.Fingerprint.SourceTag;
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
            await RipeAsync(world);
            var locked = default(Digest);
            var at = new Countdown(points, async () => locked = await world.PublishAsync(identity, image));

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

    [Theory]
    [InlineData(6)]
    [InlineData(-6)]
    public async Task Nothing_is_done_by_a_clock_that_is_off(int minutes)
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await RipeAsync(world);
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
    public async Task Writes_down_what_it_deletes_before_the_first_goes_on_disk_and_in_the_repository()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await RipeAsync(world);
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
        world.Time.Advance(LongAgo);
        var later = await world.PruneAsync();
        Assert.DoesNotContain(artifact!.Digest, later.Marked.Select(one => one.Digest));
    }

    [Fact]
    public async Task Nothing_is_deleted_if_it_cannot_be_written_down()
    {
        await using var world = await PrunedWorld.StartAsync();
        var digest = await RipeAsync(world);
        await File.WriteAllTextAsync(world.AuditFolder, "a file", Cancelled);

        await Assert.ThrowsAsync<LadingException>(() => world.PruneAsync());

        await world.AssertWholeAsync(digest);
    }

    [Fact]
    public async Task An_index_goes_with_what_it_names_in_an_order_that_ecr_takes()
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
        world.Time.Advance(LongAgo);
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
        var digest = await PublishedAsync(world);
        Assert.Empty((await world.PruneAsync(archives: true)).Removed);
        world.Time.Advance(TimeSpan.FromDays(7));

        var archived = await world.PruneAsync(archives: true);

        Assert.Contains(digest, archived.Removed.Select(one => one.Digest));
        Assert.True(
            (await world.Registry.FindImagesAsync(PrunedWorld.Web, [digest], Cancelled))
                .Images.Values.Single()
                .IsArchived
        );
        Assert.Equal(digest, await world.PublishAsync(identity, image));
        await world.AssertWholeAsync(digest);
    }

    /// <summary>Publishes an image that nothing uses, a long time ago.</summary>
    private async Task<Digest> PublishedAsync(PrunedWorld world)
    {
        var digest = await world.PublishAsync(identity, image);
        world.Time.Advance(LongAgo);
        return digest;
    }

    /// <summary>The same, marked long enough ago.</summary>
    private async Task<Digest> RipeAsync(PrunedWorld world)
    {
        var digest = await PublishedAsync(world);
        await world.PruneAsync();
        world.Time.Advance(TimeSpan.FromDays(8));
        return digest;
    }

    /// <summary>Lets something happen once, after some steps.</summary>
    private sealed class Countdown(int steps, Func<Task> happen)
    {
        private int left = steps;

        public bool HasHappened { get; private set; }

        public async Task StepAsync()
        {
            if (left-- == 0)
            {
                HasHappened = true;
                await happen();
            }
        }
    }

    private sealed class SteppedEvidence(IRetentionEvidence inner, Countdown at) : IRetentionEvidence
    {
        public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
        {
            await at.StepAsync();
            return await inner.ReadAsync(cancellationToken);
        }
    }
}
