using Lading.Running;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Tests.Running;

/// <summary>
/// Random deployments, failures, hotswaps, scaling, lost tasks and missing permissions: status never calls running what is not,
/// never drifted what is as pinned, and never hides what it could not read.
/// </summary>
public sealed class WalkingAtRandom : IDisposable
{
    private static readonly string[] Deniable =
    [
        "ListTasks",
        "DescribeTasks",
        "DescribeServices",
        "DescribeServiceRevisions",
        "ListServiceDeployments",
    ];

    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Status_keeps_its_promises(int seed)
    {
        // 4 seeds of 2,500 steps; status is looked at after every tenth.
        const int Steps = 2500;
        var random = new Random(seed);
        var images = "abcdef".Select(letter => world.Image("shop/web", letter)).ToList();
        world.Aws.Stacks.Deploy(RunningWorld.Shop(images[0]));
        for (var step = 0; step < Steps; step++)
        {
            Act(random, images);
            Forget();
            if (step % 10 == 0)
            {
                Check(await world.StatusAsync(), $"seed {seed}, step {step}");
            }
        }
    }

    private void Act(Random random, List<string> images)
    {
        var ecs = world.Aws.Ecs;
        var service = ecs.Services.Single();
        switch (random.Next(12))
        {
            case 0 when !world.Aws.Stacks["Shop"].IsInProgress:
                world.Aws.Stacks.Begin(
                    RunningWorld.Shop(images[random.Next(images.Count)], 1 + random.Next(3), hasBreaker: true)
                );
                break;
            case 1:
                ecs.SetFate(images[random.Next(images.Count)], (ImageFate)random.Next(6));
                break;
            case 2:
                var swapped = new Dictionary<string, string> { ["web"] = images[random.Next(images.Count)] };
                ecs.Deploy(service, ecs.Register("ShopWeb", swapped));
                break;
            case 3:
                service.Desired = random.Next(4);
                break;
            case 4 when service.Tasks.Find(task => task.IsRunning) is { } task:
                task.Stop(ecs.Now, "SpotInterruption", "gone");
                break;
            case 5:
                ecs.Deploy(service, service.Definition);
                break;
            case 6:
                world.Aws.EcsApi.Denied.Clear();
                world.Aws.StacksApi.Denied.Clear();
                break;
            case 7 when random.Next(3) == 0:
                world.Aws.EcsApi.Denied.Add(Deniable[random.Next(Deniable.Length)]);
                break;
            case 8 when random.Next(6) == 0:
                world.Aws.StacksApi.Denied.Add("GetTemplate");
                break;
            case 9 when service.Current is { IsUnderWay: true, RollbackAt: null, Source: not null }:
                ecs.RollBack(service, "Stopped by a person.");
                break;
            case 10:
                world.Aws.Stacks.Advance(TimeSpan.FromMinutes(2));
                break;
            default:
                world.Aws.Stacks.Advance(TestEcs.Step * random.Next(1, 6));
                break;
        }
    }

    /// <summary>What is long over only takes time.</summary>
    private void Forget()
    {
        var service = world.Aws.Ecs.Services.Single();
        service.Tasks.RemoveAll(task => task.IsStopped);
        service.Events.Clear();
    }

    private void Check(EnvironmentStatus status, string where)
    {
        var service = world.Aws.Ecs.Services.Single();
        var stack = world.Aws.Stacks["Shop"];
        var digest = stack.Plan.Services["Web"].Images["web"].Split('@')[1];
        var counting = service.Tasks.Where(task => task.IsRunning).ToList();
        var isAsPinned =
            counting.Count >= service.Desired && counting.TrueForAll(task => task.Digests["web"] == digest);
        var isOfStack = service.Definition.Arn == stack.Parts["WebTask"].PhysicalId;
        foreach (var container in status.Containers)
        {
            Assert.False(
                container.State == RunningState.Running && !(isAsPinned && isOfStack && counting.Count > 0),
                $"{where}: running, and it is not"
            );
            Assert.False(
                container.State == RunningState.Drifted && isAsPinned && isOfStack,
                $"{where}: drifted, and it is as pinned: {container.Reason}"
            );
            Assert.True(
                container.State == RunningState.Running || container.Reason.Length > 0,
                $"{where}: {container.State} without a reason"
            );
        }

        if (world.Aws.EcsApi.Denied.Contains("ListTasks") || world.Aws.StacksApi.Denied.Count > 0)
        {
            Assert.True(status.Evidence.Unread.Count > 0 && !status.Holds, $"{where}: hides what it could not read");
            Assert.DoesNotContain(status.Containers, container => container.State == RunningState.Running);
        }
    }
}
