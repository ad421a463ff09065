using System.Globalization;
using Lading.Running;

namespace Lading.Cli.Output;

/// <summary>The state of an image in an environment: the worst of its containers, and the total of tasks.</summary>
/// <param name="Worst">The container in the worst state.</param>
/// <param name="Containers">The number of containers.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="Wanted">Desired tasks; null for workloads without a number.</param>
/// <param name="Behind">How many commits HEAD is ahead; 0 if none, or if unknown.</param>
/// <param name="Age">How long it has run; empty if unknown.</param>
internal sealed record StatusCell(
    ContainerVerdict Worst,
    int Containers,
    int Running,
    int? Wanted,
    int Behind,
    string Age
)
{
    /// <summary>The commit, otherwise the start of the pinned digest.</summary>
    public string Version =>
        Worst.Revision is { } revision ? ShortCommit.Of(revision)
        : Worst.Pinned is { } digest ? digest.Hex[..7]
        : "–";

    /// <summary>Whether the number of running tasks was read.</summary>
    public bool KnowsTasks => Worst.KnowsTasks || Running > 0;

    /// <summary><c>2/3</c>, or <c>?/3</c> if the tasks could not be read; empty for workloads without a number.</summary>
    public string Tasks =>
        Wanted is not { } wanted ? ""
        : !KnowsTasks ? string.Create(CultureInfo.InvariantCulture, $"?/{wanted}")
        : string.Create(CultureInfo.InvariantCulture, $"{Running}/{wanted}");

    public string BehindText =>
        Behind > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Behind} {(Behind == 1 ? "commit" : "commits")} behind")
            : "";

    /// <summary>Null if the environment does not run the image, or could not be read.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="row">An entry of <see cref="StatusReport.Rows"/>.</param>
    /// <param name="report">The report.</param>
    public static StatusCell? Find(EnvironmentStatus environment, string row, StatusReport report)
    {
        var containers = environment.Containers.Where(each => StatusReport.RowOf(each) == row).ToList();
        if (containers.Count == 0)
        {
            return null;
        }

        var worst = containers.MaxBy(each => Weight(each.State))!;
        var counted = containers.Where(each => each.Desired is not null).ToList();
        return new StatusCell(
            worst,
            containers.Count,
            counted.Sum(each => each.Tasks),
            counted.Count == 0 ? null : counted.Sum(each => each.Desired),
            CommitsBehind(worst, report),
            worst.Since is { } since && since <= report.ReadAt ? Output.Age.Of(report.ReadAt - since) : ""
        );
    }

    /// <summary>A row shows the worst of several containers.</summary>
    public static int Weight(RunningState state) =>
        state switch
        {
            RunningState.Running => 0,
            RunningState.Stopped => 1,
            RunningState.NeverDeployed => 2,
            RunningState.Deploying => 3,
            RunningState.PartlyRunning => 4,
            RunningState.UnknownDigest => 5,
            RunningState.Unreadable => 6,
            RunningState.Hotswapped => 7,
            RunningState.Drifted => 8,
            _ => 9,
        };

    /// <summary>An image that has not changed since is not behind, however many commits there were.</summary>
    private static int CommitsBehind(ContainerVerdict container, StatusReport report) =>
        container.Revision is { } revision
        && report.Heads.FirstOrDefault(head => head.Name == container.Image)?.Revision != revision
            ? report.Behind.GetValueOrDefault(revision)
            : 0;
}
