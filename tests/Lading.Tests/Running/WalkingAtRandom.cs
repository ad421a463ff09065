using System.Globalization;
using Lading.Running;
using Lading.Testing;

namespace Lading.Tests.Running;

/// <summary>
/// Whatever happens in an account, status never reports as running what is not, never as drifted what is as pinned, and
/// never hides what it could not read.
/// </summary>
public sealed class WalkingAtRandom : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Status_keeps_its_promises(int seed)
    {
        var seen = await WalkAsync(seed, step => step < 500);

        Assert.True(seen.GetValueOrDefault(RunningState.Running) > 0, "nothing ever ran");
    }

    [Fact(Explicit = true)]
    [Trait("Run", "soak")]
    public async Task Status_keeps_its_promises_for_long()
    {
        var limit = SoakLimit.Read();
        var taken = 0;

        var seen = await WalkAsync(limit.Seed, step => limit.GoesOn(taken = step));

        limit.Report(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{taken} steps, each with a status: {string.Join(", ", seen.OrderByDescending(each => each.Value).Select(each => $"{each.Value} {each.Key}"))}"
            )
        );
    }

    private async Task<Dictionary<RunningState, int>> WalkAsync(int seed, Func<int, bool> goesOn)
    {
        var seen = new Dictionary<RunningState, int>();
        var steps = new RandomSteps(world, seed);
        for (var step = 0; goesOn(step); step++)
        {
            steps.Take();
            if (steps.Random.Next(3) > 0)
            {
                steps.Wait();
            }

            steps.Forget();
            var status = await world.StatusAsync();
            Check(steps, status, $"seed {seed}, step {step}");
            foreach (var container in status.Containers)
            {
                seen[container.State] = seen.GetValueOrDefault(container.State) + 1;
            }
        }

        return seen;
    }

    private void Check(RandomSteps steps, EnvironmentStatus status, string where)
    {
        foreach (var container in status.Containers.Where(container => container.Container == "web"))
        {
            Assert.False(
                container.State == RunningState.Running
                    && !(steps.IsAsPinned && steps.IsOfStack && steps.Running.Count > 0),
                $"{where}: running, and it is not"
            );
            Assert.False(
                container.State == RunningState.Drifted && steps.IsAsPinned && steps.IsOfStack,
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
