using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Acting;

/// <summary>Images that were to be deleted and were not are reported and written down, with the reason.</summary>
public sealed class ReportingWhatStayed : IAsyncLifetime
{
    private PublishedShop shop = null!;
    private PrunedWorld world = null!;
    private Digest ripe;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        shop = await PublishedShop.CreateAsync();
        world = await PrunedWorld.StartAsync();
        ripe = await shop.RipenAsync(world);
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        shop.Dispose();
    }

    [Fact]
    public async Task An_image_that_came_into_use_after_the_plan_is_spared()
    {
        // A deployment of the marked image that puts no tag on it.
        var deploying = new LateEvidence(world, () => world.Used.Add(ripe));

        var outcome = await world.PruneAsync(evidence: deploying);

        Assert.Contains(ripe, outcome.Spared.Select(one => one.Digest));
        Assert.Empty(outcome.Removed);
        await world.AssertPublishedAsync(ripe);
        await AssertWrittenAsync(outcome.AuditPath, "kept", "it came into use, or can no longer be told");
    }

    [Fact]
    public async Task An_image_that_an_index_has_come_to_name_is_spared()
    {
        var isPut = false;
        var registry = new SteppedRegistry(
            world.Registry,
            async () =>
            {
                if (Directory.Exists(world.AuditFolder) && !isPut)
                {
                    isPut = true;
                    await PutIndexAsync();
                }
            }
        );

        var outcome = await world.PruneAsync(registry);

        Assert.Contains(ripe, outcome.Spared.Select(one => one.Digest));
        await world.AssertPublishedAsync(ripe);
    }

    [Fact]
    public async Task A_refusal_by_ECR_is_a_failure_in_its_words()
    {
        var registry = new SteppedRegistry(world.Registry, () => Task.CompletedTask)
        {
            Refusal = "ImageReferencedByManifestList: referenced by manifest list",
        };

        var outcome = await world.PruneAsync(registry);

        Assert.Empty(outcome.Removed);
        var failure = Assert.Single(outcome.Failures, failure => failure.Image.Digest == ripe);
        Assert.Equal(("delete", registry.Refusal), (failure.Attempted, failure.Reason));
        await AssertWrittenAsync(outcome.AuditPath, "failed", "ImageReferencedByManifestList");
    }

    [Fact]
    public async Task Nothing_is_deleted_if_the_evidence_cannot_be_read_again()
    {
        var failing = new LateEvidence(
            world,
            () => throw new LadingException("Could not read stacks", "no access to cloudformation:DescribeStacks")
        );

        var outcome = await world.PruneAsync(evidence: failing);

        Assert.Empty(outcome.Removed);
        Assert.Contains("cloudformation:DescribeStacks", outcome.Stopped, StringComparison.Ordinal);
        await world.AssertPublishedAsync(ripe);
    }

    private async Task PutIndexAsync()
    {
        var repository = world.Registry.Open(PrunedWorld.Web);
        var child = await repository.FindManifestAsync(ripe, Cancelled);
        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = [child!],
            }
        );
        await repository.PutManifestAsync(index, Tag.Parse("latest"), Cancelled);
    }

    private static async Task AssertWrittenAsync(string? path, string action, string why)
    {
        var lines = await File.ReadAllLinesAsync(path!, Cancelled);
        Assert.Contains(
            lines,
            line =>
                line.Contains($"\"action\":\"{action}\"", StringComparison.Ordinal)
                && line.Contains(why, StringComparison.Ordinal)
        );
    }

    private sealed class LateEvidence(IRetentionEvidence inner, Action happen) : IRetentionEvidence
    {
        public Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
        {
            happen();
            return inner.ReadAsync(cancellationToken);
        }
    }
}
