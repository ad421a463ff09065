using Lading.Diagnosis;

namespace Lading.Tests.Diagnosis;

/// <summary>No check delays another, however it hangs or fails.</summary>
public sealed class LimitingAnExamination
{
    [Fact]
    public async Task One_that_hangs_is_named_and_the_others_are_reported()
    {
        var began = TimeProvider.System.GetTimestamp();

        var report = await RunAsync(
            // It does not even end when cancelled.
            new OneCheck("disk", _ => new TaskCompletionSource<HealthFinding>().Task),
            new OneCheck("lock", _ => throw new LadingException("Could not", "the disk is full.", "Free some.")),
            new OneCheck("node", _ => throw new InvalidOperationException("oops")),
            new OneCheck("git-version", _ => Task.FromResult(HealthFinding.Fine("git")))
        );

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 5.4, 30);
        Assert.Equal(
            ["disk: it did not end within 5.5 s", "lock: the disk is full", "node: InvalidOperationException: oops"],
            report.Problems.Select(each => $"{each.Result.Check}: {each.Finding.Text}")
        );
        Assert.All(report.Problems, each => Assert.Equal(Severity.Unknown, each.Finding.Severity));
        Assert.False(report.IsBroken);
        Assert.Equal(1, report.Results.Count(result => result.Severity == Severity.Fine));
    }

    [Fact]
    public async Task All_run_at_the_same_time()
    {
        using var meeting = new Barrier(3);
        Task<HealthFinding> MeetAsync(CancellationToken token)
        {
            meeting.SignalAndWait(token);
            return Task.FromResult(HealthFinding.Fine("met"));
        }

        var report = await new Examination(
            [new OneCheck("a", MeetAsync), new OneCheck("b", MeetAsync), new OneCheck("c", MeetAsync)],
            TimeSpan.FromSeconds(20),
            TimeProvider.System
        ).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, report.Results.Count(result => result.Severity == Severity.Fine));
    }

    [Fact]
    public async Task The_worst_comes_first()
    {
        var report = await RunAsync(
            new OneCheck("a", _ => Task.FromResult(HealthFinding.Unknown("?"))),
            new OneCheck("b", _ => Task.FromResult(HealthFinding.Warning("!", "do"))),
            new OneCheck("c", _ => Task.FromResult(HealthFinding.Broken("x", "do")))
        );

        Assert.Equal(["c", "b", "a"], report.Problems.Select(each => each.Result.Check));
        Assert.True(report.IsBroken);
    }

    private static Task<HealthReport> RunAsync(params IReadOnlyList<IHealthCheck> checks) =>
        new Examination(checks, TimeSpan.FromSeconds(5.5), TimeProvider.System).RunAsync(
            TestContext.Current.CancellationToken
        );

    private sealed class OneCheck(string name, Func<CancellationToken, Task<HealthFinding>> look) : IHealthCheck
    {
        public string Name => name;

        public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken) =>
            [await look(cancellationToken)];
    }
}
