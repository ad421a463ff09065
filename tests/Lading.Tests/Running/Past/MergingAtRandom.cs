using System.Globalization;
using Lading.Running;
using Lading.Testing;

namespace Lading.Tests.Running.Past;

/// <summary>
/// Whatever happened to a stack, however far apart the clocks of the services are, and whichever of them cannot be
/// read: the history is that of the model, and marks what only one source knows.
/// </summary>
public sealed class MergingAtRandom
{
    private static readonly string[] OfEcs =
    [
        "ListServiceDeployments",
        "DescribeServiceDeployments",
        "DescribeServiceRevisions",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(1001)]
    public async Task The_history_matches_the_model(int first)
    {
        for (var seed = first; seed < first + 20; seed++)
        {
            await CheckAsync(seed);
        }
    }

    [Fact(Explicit = true)]
    [Trait("Run", "soak")]
    public async Task The_history_matches_the_model_for_long()
    {
        var limit = SoakLimit.Read();
        var (releases, taken) = (0, 0);
        while (limit.GoesOn(taken))
        {
            releases += await CheckAsync(unchecked(limit.Seed + taken++));
        }

        limit.Report(string.Create(CultureInfo.InvariantCulture, $"{taken} pasts with {releases} releases"));
    }

    private static async Task<int> CheckAsync(int seed)
    {
        var random = new Random(seed);
        using var world = new RunningWorld(TimeSpan.Zero);
        var past = new RandomPast(random, world.Aws.Ecs.Now);
        var rendering = new PastRendering(world.Aws, past, random);
        var missing = Deny(world, random);
        var expected = ExpectedHistory.Of(past, rendering, world.Aws);

        var evidence = await world.HistoryAsync("Shop");
        var releases = ReleaseMerge.Of(evidence);

        var where = $"seed {seed}{(missing is null ? "" : $", no access to {missing}")}";
        // CloudTrail is not read if there are no operations.
        var isAsked = missing != "LookupEvents" || evidence.Events.Count > 0;
        Assert.True((missing is not null && isAsked) == evidence.Unread.Count > 0, $"{where}: what could not be read");
        if (missing == "DescribeStackEvents")
        {
            CheckWithoutOperations(releases, past, evidence.Records.Count, where);
            return releases.Count;
        }

        Assert.True(
            expected.Select(Line).SequenceEqual(releases.Select(Line)),
            $"{where}\nexpected\n{string.Join('\n', expected.Select(Line))}\nactual\n{string.Join('\n', releases.Select(release => $"{Line(release)} {release.Why}"))}"
        );
        var hasRecord = evidence.Records.Count > 0;
        // If several services share a container name, it is reported with the service.
        var isShared =
            rendering.Services.IsOneName
            && evidence.Revisions.DistinctBy(revision => revision.ServiceArn).Skip(1).Any();
        foreach (var (one, other) in expected.Zip(releases))
        {
            CheckOne(
                one,
                other,
                service =>
                    hasRecord ? service.ToLowerInvariant()
                    : isShared ? $"Shop-{service}/app"
                    : rendering.Services.ContainerOf(service),
                $"{where}, {Line(one)}"
            );
        }

        return releases.Count;
    }

    private static string? Deny(RunningWorld world, Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                world.Aws.StacksApi.Denied.Add("GetParameterHistory");
                return "GetParameterHistory";
            case 1:
                var operation = OfEcs[random.Next(OfEcs.Length)];
                world.Aws.EcsApi.Denied.Add(operation);
                // Without their revisions, deployments reveal nothing; the model then has no deployments at all.
                world.Aws.EcsApi.Denied.Add("ListServiceDeployments");
                return operation;
            case 2:
                world.Aws.Trail.IsDenied = true;
                return "LookupEvents";
            case 3:
                world.Aws.StacksApi.Denied.Add("DescribeStackEvents");
                return "DescribeStackEvents";
            default:
                return null;
        }
    }

    private static void CheckOne(ExpectedRelease expected, Release actual, Func<string, string> nameOf, string where)
    {
        // If the revisions of one of two services cannot be read, both go by the only name that is known.
        var images = expected.Images.ToLookup(
            each => nameOf(each.Key),
            each => $"{PastServices.RepositoryOf(each.Key)}@{each.Value}",
            StringComparer.Ordinal
        );
        foreach (var (name, reference) in actual.Images)
        {
            Assert.True(
                images[name].Contains(reference, StringComparer.Ordinal),
                $"{where}: {name} is {string.Join(" or ", images[name])}, and it says {reference}"
            );
        }

        foreach (var service in expected.Told)
        {
            Assert.True(actual.Images.ContainsKey(nameOf(service)), $"{where}: it does not tell {nameOf(service)}");
        }

        Assert.True(expected.Who == actual.Who, $"{where}: it was {expected.Who}, and it says {actual.Who}");
        Assert.True(
            actual.Why.Contains(expected.Why, StringComparison.Ordinal),
            $"{where}: it says '{actual.Why}', not '{expected.Why}'"
        );
        Assert.True(actual.RanFor is null or { Ticks: >= 0 }, $"{where}: it ran for {actual.RanFor}");
    }

    /// <summary>
    /// What CloudFormation could not report is not called outside of it, and every version of the record is there.
    /// </summary>
    private static void CheckWithoutOperations(
        IReadOnlyList<Release> releases,
        RandomPast past,
        int records,
        string where
    )
    {
        Assert.True(
            releases.All(release => !release.Why.Contains("outside of", StringComparison.Ordinal)),
            $"{where}: it says that something was outside of CloudFormation"
        );
        Assert.True(
            releases.Count(release => release.Record is not null) == records
                && releases.All(release => release.Why.Contains("only", StringComparison.Ordinal)),
            $"{where}: {records} versions of the record\n{string.Join('\n', releases.Select(release => $"{Line(release)} {release.Why}"))}"
        );
        var known = past
            .Items.SelectMany(item =>
                item switch
                {
                    PastOperation operation => operation.Images.Values,
                    PastAttempt attempt => [attempt.Digest],
                    PastEdit edit => edit.Images.Values,
                    _ => [],
                }
            )
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(
            releases.SelectMany(release => release.Images.Values),
            reference => Assert.Contains(reference.Split('@')[1], known)
        );
    }

    private static string Line(ExpectedRelease release) => $"#{release.Version} {release.Outcome}";

    private static string Line(Release release) => $"#{release.Version} {release.Outcome}";
}
