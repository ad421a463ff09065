using Lading.Oci;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>
/// An image that a template names, that is marked for deletion, and that the deployment does not publish.
/// </summary>
public sealed class KeepingWhatTemplatesName : IAsyncLifetime
{
    private const int Grace = 7;

    private DeployWorld world = null!;
    private string image = "";

    private List<string> Tags =>
        world.Aws.Images[("shop/web", image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..])];

    public async ValueTask InitializeAsync()
    {
        world = await DeployWorld.StartAsync();
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("first")));
        image = world.Image("second");
    }

    public ValueTask DisposeAsync() => world?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(3)]
    [InlineData(Grace)]
    public async Task It_is_kept_before_cdk_starts(int days)
    {
        Mark(days);
        var during = new List<string>();
        world.OnCdk = () => during.AddRange(Tags);

        var run = (await world.DeployAsync(RunningWorld.Shop(image), "--no-verify")).Succeeded();

        Assert.Contains(during, tag => tag.StartsWith("lading-kept-", StringComparison.Ordinal));
        Assert.Matches("shop/web@[0-9a-f]{12} was marked for deletion on [0-9-]{10}, and is kept", run.Error);
    }

    [Fact]
    public async Task Nothing_is_deployed_if_it_cannot_be_kept_and_may_be_deleted_any_day()
    {
        Mark(Grace - 1);
        world.Aws.Ecr.Denied.Add("PutImage");

        var run = await world.DeployAsync(RunningWorld.Shop(image), "--no-verify");

        run.Failed(FailureKind.CheckFailed);
        Assert.Contains("Could not deploy to prod: shop/web@", run.Error, StringComparison.Ordinal);
        Assert.Contains("may be deleted any day, and could not be kept", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.CdkCalls);
    }

    [Fact]
    public async Task It_is_deployed_with_a_note_if_it_cannot_be_kept_and_has_days_left()
    {
        Mark(3);
        world.Aws.Ecr.Denied.Add("PutImage");

        var run = (await world.DeployAsync(RunningWorld.Shop(image), "--no-verify")).Succeeded();

        Assert.Contains("could not be kept", run.Error, StringComparison.Ordinal);
        Assert.Single(world.CdkCalls);
    }

    [Fact]
    public async Task A_dry_run_adds_no_tag()
    {
        Mark(3);

        (await world.DeployAsync(RunningWorld.Shop(image), "--dry-run")).Succeeded();

        Assert.Single(Tags);
    }

    private void Mark(int days)
    {
        var digest = Digest.Parse(image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..]);
        Tags.Add(DeletionMark.ExpiredOn(UtcDay.Of(world.Aws.Ecs.Now).AddDays(-days), digest).Tag.Name);
    }
}
