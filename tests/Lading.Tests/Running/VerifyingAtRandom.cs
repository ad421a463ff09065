using System.Globalization;
using Lading.Running.Verifying;
using Lading.Testing;

namespace Lading.Tests.Running;

/// <summary>
/// Whatever happens in an account, even while it is watched: a verification succeeds only if every task that counts
/// runs what the stack pins.
/// </summary>
public sealed class VerifyingAtRandom : IDisposable, IVerificationProgress
{
    private readonly RunningWorld world = new();
    private RandomSteps steps = null!;
    private int taken;
    private bool isMoving;

    public void Dispose() => world.Dispose();

    void IVerificationProgress.Looked(VerificationReport report)
    {
        Check(report);
        if (isMoving && steps.Random.Next(6) == 0)
        {
            Take();
        }
    }

    void IVerificationProgress.Stopped(VerificationReport? report) { }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_verification_that_succeeds_is_true(int seed)
    {
        var (held, failed) = await WalkAsync(seed, () => taken < 100);

        Assert.True(held > 0 && failed > 0, $"{held} held, {failed} did not");
    }

    [Fact(Explicit = true)]
    [Trait("Run", "soak")]
    public async Task A_verification_that_succeeds_is_true_for_long()
    {
        var limit = SoakLimit.Read();

        var (held, failed) = await WalkAsync(limit.Seed, () => limit.GoesOn(taken));

        limit.Report(
            string.Create(CultureInfo.InvariantCulture, $"{taken} steps: {held} verifications held, {failed} did not")
        );
    }

    private async Task<(int Held, int Failed)> WalkAsync(int seed, Func<bool> goesOn)
    {
        steps = new RandomSteps(world, seed);
        var (held, failed) = (0, 0);
        while (goesOn())
        {
            Take();
            isMoving = steps.Random.Next(2) == 0;
            var report = await world.VerifyAsync(this, TimeSpan.FromMinutes(1));
            isMoving = false;
            steps.Forget();
            _ = report.Holds ? held++ : failed++;
        }

        return (held, failed);
    }

    private void Take()
    {
        lock (world.Aws.Ecs)
        {
            steps.Take();
        }

        taken++;
    }

    /// <summary>No time passes between a look and this check.</summary>
    private void Check(VerificationReport report)
    {
        if (!report.Holds)
        {
            return;
        }

        var where = $"step {taken}";
        Assert.True(steps.Running.Count >= steps.Service.Desired, $"{where}: fewer tasks than wanted");
        Assert.True(steps.IsAsPinned, $"{where}: a task runs something else");
        Assert.True(steps.IsOfStack, $"{where}: the service is on another task definition");
        Assert.False(steps.Service.Current.IsUnderWay, $"{where}: a deployment is under way");
        Assert.False(steps.Stack.IsInProgress, $"{where}: the stack is in progress");
    }
}
