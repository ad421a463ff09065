using Lading.Aws.Retention;
using Lading.Retention;

namespace Lading.Tests.Retention.Gathering;

/// <summary>ECR counts reading a manifest as a pull, unless it is configured not to record the reader.</summary>
public sealed class CountingPulls : IDisposable
{
    private const string User = "arn:aws:iam::222222222222:user/test";
    private readonly RetentionWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_recorded_reader_is_named()
    {
        world.Image('a');

        Assert.Equal(User, (await world.RunAsync()).Evidence.CountedReader?.Principal);
    }

    [Fact]
    public async Task An_excluded_reader_is_not_named()
    {
        world.Image('a');
        world.Aws.Ecr.Unrecorded.Add(User);

        Assert.Null((await world.RunAsync()).Evidence.CountedReader);
    }

    [Fact]
    public async Task A_role_of_the_same_name_is_somebody_else()
    {
        world.Image('a');
        world.Aws.Ecr.Unrecorded.Add("arn:aws:iam::222222222222:role/test");

        Assert.Equal(User, (await world.RunAsync()).Evidence.CountedReader?.Principal);
    }

    [Fact]
    public async Task Nothing_is_claimed_if_ECR_does_not_say()
    {
        world.Image('a');
        world.Aws.Ecr.Denied.Add("ListPullTimeUpdateExclusions");

        var report = await world.RunAsync();

        Assert.Null(report.Evidence.CountedReader);
        Assert.True(report.IsComplete);
    }

    [Theory]
    [InlineData("arn:aws:sts::111111111111:assumed-role/prune/session", "arn:aws:iam::111111111111:role/prune")]
    [InlineData("arn:aws-cn:sts::111111111111:assumed-role/prune/a", "arn:aws-cn:iam::111111111111:role/prune")]
    [InlineData("arn:aws:iam::111111111111:user/ops/jane", "arn:aws:iam::111111111111:user/ops/jane")]
    public void A_session_of_a_role_is_recorded_as_the_role(string caller, string expected) =>
        Assert.Equal(expected, PullRecording.PrincipalOf(caller));
}
