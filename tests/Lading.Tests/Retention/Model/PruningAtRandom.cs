using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// Whatever happens in the accounts between any two calls of a run, clean-up deletes nothing that is in use, that one
/// may go back to, or that a kept image needs; and yet it does delete.
/// </summary>
public sealed class PruningAtRandom
{
    private const int StepsOfHistory = 70;

    [Fact]
    public void Nothing_in_use_is_deleted_and_much_else_is()
    {
        var tally = new ModelTally();

        for (var seed = 1; seed <= 200; seed++)
        {
            Live(seed, ModelBug.None, tally);
        }

        Assert.Empty(tally.Missing);
        Assert.True(tally[ModelEvent.Plan] > 50, "hardly anything was planned");
        Assert.True(tally[ModelEvent.Deletion] > 5, "hardly anything was deleted");
        Assert.True(tally[ModelEvent.KeptAgain] > 1, "hardly a marked image came into use");
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_bug_is_found(string description)
    {
        var bug = ModelBugs.All.Single(each => each.Description == description);

        Assert.Contains(Enumerable.Range(bug.FirstSeed, 100), seed => Fails(seed, bug));
    }

    public static TheoryData<string> Bugs =>
        [.. ModelBugs.All.Where(bug => !bug.IsRare).Select(bug => bug.Description)];

    /// <summary>Sets up coincidences that walks seldom meet, from many states of the world.</summary>
    [Fact]
    public void A_mark_that_is_the_last_tag_of_an_image_in_use_stays()
    {
        var bug = ModelBugs.All.Single(each => each.RemovesMarks);

        Assert.DoesNotContain(Enumerable.Range(1, 10), seed => Meets(seed, ModelBug.None));
        Assert.Contains(Enumerable.Range(1, 10), seed => Meets(seed, bug));

        static bool Meets(int seed, ModelBug bug) =>
            Fails(() =>
            {
                var (world, random) = (new ModelWorld(new Random(seed)), new Random(seed));
                var content = world.NewContent();
                world.Dev.Put(content, world.Now.AddDays(-60), MarkOf(world, content));
                world.Stacks[1].Running = content;
                Run(new ModelPrune(world, random, bug, new ModelTally()), () => { });
                Assert.True(world.Dev.Has(content));
            });
    }

    [Fact]
    public void Images_that_a_publish_relies_on_between_reading_and_deletion_stay()
    {
        var bug = ModelBugs.All.Single(each => each.DeletesByDigest);

        Assert.DoesNotContain(Enumerable.Range(1, 20), seed => Meets(seed, ModelBug.None));
        Assert.Contains(Enumerable.Range(1, 20), seed => Meets(seed, bug));

        static bool Meets(int seed, ModelBug bug) =>
            Fails(() =>
            {
                var (world, random) = (new ModelWorld(new Random(seed)), new Random(seed));
                var content = world.NewContent();
                world.Prod.Put(content, world.Now.AddDays(-60), content.SourceTag);
                world.Prod.Put(content, world.Now.AddDays(-60), MarkOf(world, content));
                var publish = new ModelPublish(world, world.Prod, content, null, bug, new ModelTally());
                Run(new ModelPrune(world, random, bug, new ModelTally()), () => Finish(publish));
                Assert.True(world.Prod.Has(content));
            });
    }

    [Fact]
    public void An_image_that_a_deployment_names_between_reading_and_deletion_stays()
    {
        var bug = ModelBugs.All.Single(each => each.DeploysMarked);

        Assert.DoesNotContain(Enumerable.Range(1, 20), seed => Meets(seed, ModelBug.None));
        Assert.Contains(Enumerable.Range(1, 20), seed => Meets(seed, bug));

        static bool Meets(int seed, ModelBug bug) =>
            Fails(() =>
            {
                var (world, random) = (new ModelWorld(new Random(seed)), new Random(seed));
                var content = world.NewContent();
                world.Prod.Put(content, world.Now.AddDays(-60), content.SourceTag);
                world.Prod.Put(content, world.Now.AddDays(-60), MarkOf(world, content));
                var deployment = new ModelDeployment(world, world.Stacks[2], content, bug, new ModelTally());
                Run(new ModelPrune(world, random, bug, new ModelTally()), () => Finish(deployment));
                Assert.True(world.Prod.Has(content));
            });
    }

    private static string MarkOf(ModelWorld world, Content content) =>
        DeletionMark.ExpiredOn(UtcDay.Of(world.Now).AddDays(-20), content.Digest).Tag.Name;

    /// <summary>
    /// Runs a clean-up, and something else after each reading for a batch and between the calls of a batch.
    /// </summary>
    private static void Run(ModelPrune prune, Action between)
    {
        while (!prune.IsDone)
        {
            prune.Advance();
            if (prune.IsActing)
            {
                between();
            }
        }
    }

    private static void Finish(IModelWork work)
    {
        while (!work.IsDone)
        {
            work.Advance();
        }
    }

    /// <summary>1,000,000 histories unless LADING_SOAK says otherwise.</summary>
    [Fact(Explicit = true)]
    [Trait("Run", "soak")]
    public async Task Nothing_in_use_is_deleted_in_a_million_histories()
    {
        const int Usual = 1_000_000;
        const int Batch = 2000;
        var limit = SoakLimit.Read(Usual);
        var total = new ModelTally();
        var lived = 0;
        while (limit.GoesOn(lived))
        {
            LiveAtOnce(limit.Seed + lived, Batch, total);
            lived += Batch;
            if (lived % 50_000 == 0)
            {
                limit.Report(
                    FormattableString.Invariant($"{lived:N0} histories, {total[ModelEvent.Deletion]:N0} images deleted")
                );
            }
        }

        var result = new ModelResult(limit, lived, StepsOfHistory, total);
        limit.Report(result.Summary);
        Assert.True(lived < 10_000 || !total.Missing.Any(), $"never came up: {string.Join(", ", total.Missing)}");
        if (lived >= Usual)
        {
            await result.WriteAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs histories with consecutive seeds, on all processors.</summary>
    private static void LiveAtOnce(int firstSeed, int number, ModelTally total) =>
        Parallel.For(
            firstSeed,
            firstSeed + number,
            () => new ModelTally(),
            (seed, _, tally) =>
            {
                Live(seed, ModelBug.None, tally);
                return tally;
            },
            tally =>
            {
                lock (total)
                {
                    total.Add(tally);
                }
            }
        );

    private static bool Fails(int seed, ModelBug bug) => Fails(() => Live(seed, bug, new ModelTally()));

    private static bool Fails(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (UnsafeActException)
        {
            return true;
        }
    }

    private static void Live(int seed, ModelBug bug, ModelTally tally)
    {
        var random = new Random(seed);
        var world = new ModelWorld(random);
        var steps = new ModelSteps(world, random, bug, tally);
        for (var step = 0; step < StepsOfHistory; step++)
        {
            try
            {
                steps.Take();
            }
            catch (Exception e) when (bug == ModelBug.None)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}: {e.Message}", e);
            }
        }
    }
}
