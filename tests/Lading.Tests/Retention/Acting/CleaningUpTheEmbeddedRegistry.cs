using Lading.Layout;
using Lading.Oci;
using Lading.Projects;
using Lading.Retention;
using Lading.Retention.Local;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

public sealed class CleaningUpTheEmbeddedRegistry : IAsyncLifetime
{
    private static readonly RepositoryName Other = RepositoryName.Parse("other/thing");
    private static readonly TimeSpan Months = TimeSpan.FromDays(60);
    private readonly ManualTime time = new();
    private EmbeddedShop shop = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => shop = await EmbeddedShop.CreateAsync();

    public ValueTask DisposeAsync()
    {
        shop.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_image_that_no_commit_needs_is_deleted_and_the_others_stay()
    {
        var branch = await shop.PublishAsync("on a branch");
        await shop.Git.RunAsync("branch feature");
        var tagged = await shop.PublishAsync("tagged");
        await shop.Git.RunAsync("tag v1");
        var lost = await shop.PublishAsync("lost");
        await shop.Git.RunAsync("reset --quiet --hard HEAD~1");
        await shop.ForgetReflogAsync();
        var head = await shop.PublishAsync("head");
        time.Advance(Months);

        var removed = await PruneAsync();

        Assert.Contains(lost, removed.Images);
        Assert.True(removed.FreedBytes > 0);
        await AssertWholeAsync(branch, tagged, head);
    }

    [Fact]
    public async Task It_has_no_host_and_is_called_by_the_name_of_its_environment()
    {
        var plan = await ToolRun.InAsync(shop.Git.Folder, "prune");
        var why = await ToolRun.InAsync(shop.Git.Folder, "why", "--kept", $"shop/none@sha256:{new string('a', 64)}");

        Assert.EndsWith(
            "  local has no repository of this project. Nothing was deleted.\n",
            plan.Succeeded().Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "local has no repository shop/none of this project. Name one of 'lading prune --env local'",
            why.Failed(FailureKind.Failed).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Images_of_the_reflog_stay_for_thirty_days()
    {
        var lost = await shop.PublishAsync("amended");
        await shop.Git.RunAsync("commit --quiet --amend --message again");
        shop.Git.Write("page", "better");
        await shop.PublishAsync("better");
        foreach (var file in Directory.EnumerateFiles(shop.Store.Directory, "*", SearchOption.AllDirectories))
        {
            // Make it look published long before, so that only the reflog keeps it.
            File.SetLastWriteTimeUtc(file, new DateTime(2025, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        time.Advance(-(time.GetUtcNow() - new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero)));

        Assert.Empty((await PruneAsync()).Images);

        time.Advance(Months);
        Assert.Contains(lost, (await PruneAsync()).Images);
    }

    [Fact]
    public async Task An_image_of_an_uncommitted_tree_stays_for_thirty_days()
    {
        await shop.PublishAsync("committed");
        shop.Git.Write("page", "dirty");
        var dirty = await shop.DigestAfterAsync("publish", "--dirty");
        shop.Git.Write("page", "committed");
        await shop.DigestAfterAsync("publish");

        Assert.Empty((await PruneAsync()).Images);

        time.Advance(Months);
        Assert.Contains(dirty, (await PruneAsync()).Images);
    }

    [Fact]
    public async Task An_image_of_a_commit_on_no_branch_stays_for_thirty_days()
    {
        var lost = await shop.PublishAsync("lost");
        await shop.Git.RunAsync("commit --quiet --amend --message again");
        shop.Git.Write("page", "better");
        var old = await shop.PublishAsync("better");
        var head = await shop.PublishAsync("best");
        await shop.ForgetReflogAsync();

        // The commit before the last is on the branch, but nothing needs its image: that goes at once.
        var removed = await PruneAsync();
        Assert.Contains(old, removed.Images);
        await AssertWholeAsync(lost, head);

        time.Advance(Months);
        Assert.Contains(lost, (await PruneAsync()).Images);
    }

    [Theory]
    [InlineData("LADING_LOCK", "")]
    [InlineData("lading:lock", "")]
    [InlineData("retention.locks", ", \"retention\": { \"locks\": [\"pins/local.json\"] }")]
    public async Task Locks_elsewhere_keep_what_they_pin(string where, string more)
    {
        var pinned = await shop.PublishAsync("pinned");
        shop.Git.Write("cdk.json", where == "lading:lock" ? """{"context":{"lading:lock":"pins/local.json"}}""" : "{}");
        shop.Configure(more);
        Directory.CreateDirectory(Path.Combine(shop.Git.Folder, "pins"));
        File.Copy(
            Path.Combine(shop.Git.Folder, ".lading", "local.lock.json"),
            Path.Combine(shop.Git.Folder, "pins", "local.json")
        );
        await shop.PublishAsync("head");
        time.Advance(Months);

        await PruneAsync(where == "LADING_LOCK" ? "pins/local.json" : null);
        await AssertWholeAsync(pinned);
    }

    [Fact]
    public async Task Images_that_a_lock_names_stay()
    {
        await shop.PublishAsync("first");
        shop.Git.Write("page", "dirty");
        var dirty = await shop.DigestAfterAsync("publish", "--dirty");

        time.Advance(Months);

        Assert.Empty((await PruneAsync()).Images);
        await AssertWholeAsync(dirty);
    }

    [Fact]
    public async Task An_image_that_is_not_Ladings_stays()
    {
        await shop.PublishAsync("first");
        await shop.Store.CreateAsync(
            Other,
            new RepositoryRecord { Settings = RepositorySettings.MutableExcept(), CreatedAt = time.GetUtcNow() },
            Cancelled
        );
        using var image = await GeneratedImage.CreateAsync(1, 100, Cancelled);
        foreach (var name in new[] { Other, EmbeddedShop.Web })
        {
            await ImageCopy.RunAsync(
                new CopyRequest(image.Layout, image.Manifest, shop.Store.Open(name)) { Tag = Tag.Parse("latest") },
                null,
                Cancelled
            );
        }

        time.Advance(Months);
        var prune = await OpenAsync();
        await prune.ApplyAsync(await prune.PlanAsync(Cancelled), Cancelled);

        Assert.NotNull(await shop.Store.Open(Other).FindManifestAsync(image.Digest, Cancelled));
        Assert.NotNull(await shop.Store.Open(EmbeddedShop.Web).FindManifestAsync(image.Digest, Cancelled));
    }

    [Fact]
    public async Task A_store_that_a_server_has_open_is_left_alone()
    {
        var lost = await shop.LoseAsync();
        time.Advance(Months);
        using (await new StoreUsers(shop.Store).EnterAsync("registry", Cancelled))
        {
            var prune = await OpenAsync();
            var plan = await prune.PlanAsync(Cancelled);
            Assert.Contains(
                "lading registry",
                Assert.Single(plan.Repositories).Holds[0].Reason,
                StringComparison.Ordinal
            );
            Assert.Empty((await prune.ApplyAsync(plan, Cancelled)).SelectMany(each => each.Images));
        }

        Assert.Contains(lost, (await PruneAsync()).Images);
    }

    [Fact]
    public async Task An_image_that_is_published_between_the_plan_and_its_end_stays()
    {
        var lost = await shop.LoseAsync();
        time.Advance(Months);
        var prune = await OpenAsync();
        var plan = await prune.PlanAsync(Cancelled);
        Assert.Contains(
            Assert.Single(plan.Repositories).Images,
            decision => !decision.IsKept && decision.Image.Digest == lost
        );

        // The same content is needed again, but only by a lock.
        shop.Git.Write("page", "lost");
        Assert.Equal(lost, await shop.DigestAfterAsync("publish", "--dirty"));
        var removed = await prune.ApplyAsync(plan, Cancelled);

        Assert.Empty(Assert.Single(removed).Images);
        await AssertWholeAsync(lost);
    }

    [Fact]
    public async Task A_publish_that_is_under_way_keeps_what_it_found()
    {
        var lost = await shop.LoseAsync();
        time.Advance(Months);
        var prune = await OpenAsync();
        var plan = await prune.PlanAsync(Cancelled);
        using (await new StoreUsers(shop.Store).EnterAsync("publish", Cancelled))
        {
            Assert.Empty((await prune.ApplyAsync(plan, Cancelled)).SelectMany(each => each.Images));
        }

        await AssertWholeAsync(lost);
    }

    private async Task<Opened> OpenAsync(string? locks = null)
    {
        var project = await Project.FindAsync(shop.Git.Folder, null, Cancelled);
        var policy = LocalEvidence.Policy(new RetentionPolicy());
        var evidence = await LocalEvidence.OpenAsync(project, null, locks, time, Cancelled);
        return new Opened(evidence, policy, new LocalPrune(project, evidence, policy));
    }

    private async Task<RemovedImages> PruneAsync(string? locks = null)
    {
        var prune = await OpenAsync(locks);
        var plan = await prune.PlanAsync(Cancelled);
        return Assert.Single(await prune.ApplyAsync(plan, Cancelled));
    }

    private async Task AssertWholeAsync(params Digest[] digests)
    {
        foreach (var digest in digests)
        {
            var manifest = await shop.Store.Open(EmbeddedShop.Web).FindManifestContentAsync(digest, Cancelled);
            Assert.NotNull(manifest);
            foreach (var blob in manifest.Blobs)
            {
                await using var stream = await shop.Store.Open(EmbeddedShop.Web).OpenBlobAsync(blob, Cancelled);
                await stream.CopyToAsync(Stream.Null, Cancelled);
            }
        }
    }

    private sealed record Opened(LocalEvidence Evidence, RetentionPolicy Policy, LocalPrune Prune)
    {
        public async Task<RetentionPlan> PlanAsync(CancellationToken cancellationToken) =>
            RetentionRules.Decide(await Evidence.ReadAsync(cancellationToken), Policy);

        public Task<IReadOnlyList<RemovedImages>> ApplyAsync(RetentionPlan plan, CancellationToken cancellationToken) =>
            Prune.ApplyAsync(plan, cancellationToken);
    }
}
