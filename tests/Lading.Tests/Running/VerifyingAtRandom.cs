using Lading.Running.Verifying;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Tests.Running;

/// <summary>
/// Random deployments, failures, hotswaps, lost tasks, scaling, people and missing permissions: a verification never succeeds unless
/// every task that counts runs what the stack pins.
/// </summary>
public sealed class VerifyingAtRandom : IDisposable, IVerificationProgress
{
    private static readonly string[] Deniable =
    [
        "ListTasks",
        "DescribeTasks",
        "DescribeServices",
        "DescribeServiceRevisions",
        "ListServiceDeployments",
        "DescribeServiceDeployments",
    ];

    private readonly RunningWorld world = new();
    private Action look = () => { };

    public void Dispose() => world.Dispose();

    void IVerificationProgress.Looked(VerificationReport report)
    {
        Check(report);
        look();
    }

    void IVerificationProgress.Stopped(VerificationReport? report) { }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_verification_that_succeeds_is_true(int seed)
    {
        const int Steps = 100;
        var random = new Random(seed);
        var images = "abcdef".Select(letter => world.Image("shop/web", letter)).ToList();
        world.Aws.Stacks.Deploy(RunningWorld.Shop(images[0]));
        var held = 0;
        for (var step = 0; step < Steps; step++)
        {
            Act(random, images);
            // What happens while somebody watches counts as well.
            look = random.Next(2) == 0 ? () => { } : () => ActNow(random, images, 6);
            var report = await world.VerifyAsync(this, TimeSpan.FromMinutes(1));
            var service = world.Aws.Ecs.Services.Single();
            service.Tasks.RemoveAll(task => task.IsStopped);
            look = () => { };
            if (report.Holds)
            {
                held++;
            }
        }

        Assert.InRange(held, 1, Steps - 1);
    }

    /// <summary>No time passes between a look and this.</summary>
    private void Check(VerificationReport report)
    {
        if (!report.Holds)
        {
            return;
        }

        var service = world.Aws.Ecs.Services.Single();
        var stack = world.Aws.Stacks["Shop"];
        var digest = stack.Plan.Services["Web"].Images["web"].Split('@')[1];
        var counting = service.Tasks.Where(task => task.IsRunning).ToList();
        Assert.True(counting.Count >= service.Desired, "fewer tasks than wanted");
        Assert.All(counting, task => Assert.Equal(digest, task.Digests["web"]));
        Assert.Equal(stack.Parts["WebTask"].PhysicalId, service.Definition.Arn);
        Assert.False(service.Current.IsUnderWay);
        Assert.False(stack.IsInProgress);
    }

    private void ActNow(Random random, List<string> images, int oneOf)
    {
        if (random.Next(oneOf) == 0)
        {
            lock (world.Aws.Ecs)
            {
                Act(random, images);
            }
        }
    }

    private void Act(Random random, List<string> images)
    {
        var ecs = world.Aws.Ecs;
        var service = ecs.Services.Single();
        switch (random.Next(9))
        {
            case 0 or 1 when !world.Aws.Stacks["Shop"].IsInProgress:
                world.Aws.Stacks.Begin(
                    RunningWorld.Shop(images[random.Next(images.Count)], random.Next(4), hasBreaker: true)
                );
                break;
            case 2:
                ecs.SetFate(images[random.Next(images.Count)], (ImageFate)random.Next(6));
                break;
            case 3:
                var swapped = new Dictionary<string, string> { ["web"] = images[random.Next(images.Count)] };
                ecs.Deploy(service, ecs.Register("ShopWeb", swapped));
                break;
            case 4:
                service.Desired = random.Next(4);
                break;
            case 5 when service.Tasks.Find(task => task.IsRunning) is { } task:
                task.Stop(ecs.Now, "SpotInterruption", "gone");
                break;
            case 6 when random.Next(3) == 0:
                world.Aws.EcsApi.Denied.Add(Deniable[random.Next(Deniable.Length)]);
                break;
            case 7 when service.Current is { IsUnderWay: true, RollbackAt: null, Source: not null }:
                ecs.RollBack(service, "Stopped by a person.");
                break;
            default:
                world.Aws.EcsApi.Denied.Clear();
                break;
        }
    }
}
