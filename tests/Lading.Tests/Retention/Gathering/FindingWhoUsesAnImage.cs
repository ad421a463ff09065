using Lading.Aws.Retention;
using Lading.Oci;
using Lading.Retention;

namespace Lading.Tests.Retention.Gathering;

/// <summary>Each kind of use keeps its image, and only the reader of that kind finds it.</summary>
public sealed class FindingWhoUsesAnImage : IDisposable
{
    /// <summary>They find releases, of which the last few count; other tests cover that.</summary>
    private static readonly Type[] Releases = [typeof(RecordReleases), typeof(DeploymentReleases)];

    private readonly RetentionWorld world = new();

    public static TheoryData<string> Uses => [.. WaysOfUse.All.Keys];

    public void Dispose() => world.Dispose();

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_use_keeps_its_image_and_only_one_reader_finds_it(string use)
    {
        var way = WaysOfUse.All[use];
        way.Arrange(world, world.Image('a'));
        world.Image('b');

        var report = await world.RunAsync();
        var without = await world.RunAsync([
            .. UseReaders
                .All(new RetentionPolicy())
                .Where(reader => reader.GetType() != way.Reader && !Releases.Contains(reader.GetType())),
        ]);

        Assert.Empty(report.Holds);
        Assert.Contains(way.Reason, ReasonsOf(report, 'a'));
        Assert.False(DecisionOf(report, 'b').IsKept);
        Assert.DoesNotContain(way.Reason, ReasonsOf(without, 'a'));
        Assert.False(DecisionOf(without, 'a').IsKept, string.Join(", ", ReasonsOf(without, 'a')));
    }

    [Fact]
    public void Every_reader_has_a_row()
    {
        Assert.Equal(
            UseReaders.All(new RetentionPolicy()).Select(reader => reader.GetType().Name).Order(StringComparer.Ordinal),
            WaysOfUse
                .All.Values.Select(way => way.Reader)
                .Concat(Releases)
                .Select(type => type.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    internal static ImageDecision DecisionOf(RetentionReport report, char letter) =>
        report
            .Repositories.Single(each => each.Repository.Name.Value == RetentionWorld.Repository)
            .Images.Single(image => image.Image.Digest == Digest.Parse(RetentionWorld.Digest(letter)));

    internal static IReadOnlyList<string> ReasonsOf(RetentionReport report, char letter) =>
        [.. DecisionOf(report, letter).Reasons.Select(reason => reason.Text)];
}
