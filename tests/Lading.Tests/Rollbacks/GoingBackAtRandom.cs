using System.Globalization;
using Lading.Testing;
using Lading.Tests.Rollbacks.Walks;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// Random deployments, failures, hotswaps, manual edits, autoscaling, deleted images, API faults and rollbacks: a
/// rollback never starts towards an image that does not exist, never changes more than it showed, always ends with the
/// target running or the stack as before, and says which.
/// </summary>
public sealed class GoingBackAtRandom
{
    [Fact]
    public async Task A_rollback_keeps_its_promises() =>
        Assert.True((await WalkAsync(new Random(7), 40)).Rollbacks > 0, "nobody went back");

    [Fact(Explicit = true)]
    [Trait("Run", "soak")]
    public async Task A_rollback_keeps_its_promises_for_long()
    {
        var limit = SoakLimit.Read();
        var taken = 0;
        var tally = new WalkTally();
        for (var seed = limit.Seed; limit.GoesOn(taken); seed++)
        {
            // A new world every 100 steps, since a long past only costs time.
            tally.Add(await WalkAsync(new Random(seed), 100));
            taken += 100;
        }

        limit.Report(string.Create(CultureInfo.InvariantCulture, $"{taken} steps: {tally}"));
        // What never happened was not tested. Short runs, which repeat a seed, are exempt.
        Assert.True(taken < 2000 || tally.Missing.Count == 0, $"never came up: {string.Join(", ", tally.Missing)}");
    }

    private static async Task<WalkTally> WalkAsync(Random random, int steps)
    {
        await using var world = await RollbackWorld.StartAsync();
        var tally = new WalkTally();
        var acts = new WalkActs(world, random, tally);
        var rollbacks = new WalkRollbacks(world, random, acts, tally);
        for (var step = 0; step < steps; step++)
        {
            acts.Act();
            if (random.Next(3) == 0)
            {
                await rollbacks.GoBackAsync($"step {step.ToString(CultureInfo.InvariantCulture)}");
            }
        }

        return tally;
    }
}
