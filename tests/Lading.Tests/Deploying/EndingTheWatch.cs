using Lading.Testing.Cloud.Ecs;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>
/// A watch that the user ends, or that runs out of time: the deployment goes on, and the tool says so.
/// </summary>
public sealed class EndingTheWatch : IAsyncLifetime
{
    private DeployWorld world = null!;
    private string first = "";
    private string second = "";

    public async ValueTask InitializeAsync()
    {
        world = await DeployWorld.StartAsync();
        first = world.Image("first");
        second = world.Image("second");
    }

    public ValueTask DisposeAsync() => world?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Ending_the_watch_says_that_the_deployment_goes_on()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        var ending = Task.CompletedTask;
        world.OnDone = () =>
        {
            KeepDeploying();
            ending = CancelAfterCdkAsync();
        };

        var run = await world.DeployAsync(RunningWorld.Shop(second), "--summary", world.Summary);
        await ending;

        Assert.Equal(130, run.ExitCode);
        Assert.Contains(
            "stopped watching; the deployment itself goes on in prod. To watch it again: lading verify Shop --env prod",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "### Cancelled before it was known whether Shop runs in prod; what CloudFormation has started continues\n",
            await File.ReadAllTextAsync(world.Summary, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Null(world.Lease);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_real_process_with_130()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.OnDone = KeepDeploying;

        var run = await world.InterruptAsync(RunningWorld.Shop(second), "of 2 new tasks");

        Assert.True(run.ExitCode == 130, $"exit code {run.ExitCode}: {run.Out}");
        Assert.Matches("the deployment itself goes on in prod|an update that has begun in prod", run.Out);
        Assert.Null(world.Lease);
    }

    [Fact]
    public async Task The_time_for_watching_is_limited()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(first));
        world.OnDone = KeepDeploying;

        var run = await world.DeployAsync(RunningWorld.Shop(second), "--verify-timeout", "2m");

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains("not done after 00:02:00", run.Out, StringComparison.Ordinal);
    }

    /// <summary>Cancels the tool as soon as it only watches: the lease is released once cdk has ended.</summary>
    private async Task CancelAfterCdkAsync()
    {
        while (IsLeased())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await world.Cancellation.CancelAsync();

        bool IsLeased()
        {
            lock (world.Aws.Ecs)
            {
                return world.Lease is not null;
            }
        }
    }

    /// <summary>The service never finishes deploying.</summary>
    private void KeepDeploying()
    {
        lock (world.Aws.Ecs)
        {
            var service = world.Aws.Ecs.Services.Single();
            world.Aws.Ecs.SetFate(second, ImageFate.CannotBePulled);
            world.Aws.Ecs.Deploy(service, service.Definition);
        }
    }
}
