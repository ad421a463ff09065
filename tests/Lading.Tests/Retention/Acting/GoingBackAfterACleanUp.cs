using Lading.Oci;

namespace Lading.Tests.Retention.Acting;

/// <summary>
/// Twelve releases are published and deployed; after a clean-up, one can go back to the last ten, and to no others.
/// </summary>
public sealed class GoingBackAfterACleanUp : IAsyncLifetime
{
    private const int Deployed = 12;
    private readonly List<Digest> images = [];
    private AppliedWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AppliedWorld.StartAsync("""{ "days": 1 }""");

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_tenth_release_back_runs_again_and_the_eleventh_is_reported_as_gone()
    {
        for (var release = 1; release <= Deployed; release++)
        {
            images.Add(await world.PublishAsync($"release {release}"));
            world.World.Deploy(ReferenceOf(release));
        }

        world.Pass(40);
        await AssertPlannedAsync();

        var marked = (await world.ApplyAsync("--yes")).Succeeded();
        Assert.Contains(
            "2 images marked: a run after 7 days deletes what is still unused",
            marked.Out,
            StringComparison.Ordinal
        );
        world.Pass(7);
        var deleted = (await world.ApplyAsync("--yes")).Succeeded();
        // Two images, each with the statement of its inputs.
        Assert.Contains("4 images deleted", deleted.Out, StringComparison.Ordinal);

        (await world.World.RollbackAsync("--to", "#3")).Succeeded();
        Assert.Equal(ReferenceOf(3), world.World.Running);

        var gone = (await world.World.RollbackAsync("--to", "#2")).Failed(FailureKind.CheckFailed);
        Assert.Contains("is not in its registry any more", gone.Out, StringComparison.Ordinal);
        Assert.Equal(ReferenceOf(3), world.World.Running);
    }

    /// <summary>The plan gives a reason to keep each of the last ten; the two before them may go.</summary>
    private async Task AssertPlannedAsync()
    {
        using var plan = (await world.RunAsync("prune", "--output", "json")).Succeeded().Document();
        var decisions = Assert
            .Single(plan.RootElement.GetProperty("repositories").EnumerateArray())
            .GetProperty("decisions")
            .EnumerateArray()
            .ToDictionary(image => Digest.Parse(image.GetProperty("digest").GetString()!));
        for (var release = 1; release <= Deployed; release++)
        {
            var reasons = decisions[images[release - 1]]
                .GetProperty("because")
                .EnumerateArray()
                .Select(reason => reason.GetProperty("reason").GetString())
                .ToList();
            if (release <= Deployed - 10)
            {
                Assert.Empty(reasons);
            }
            else
            {
                var isPresent = release == Deployed;
                Assert.Contains(
                    $"release #{release} of Shop in prod, {(isPresent ? "the present one" : "one of the last 10")}",
                    reasons
                );
            }
        }
    }

    private string ReferenceOf(int release) => $"{world.World.Aws.Host}/shop/web@{images[release - 1]}";
}
