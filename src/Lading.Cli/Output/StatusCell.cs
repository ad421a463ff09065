using System.Globalization;
using Lading.Running;

namespace Lading.Cli.Output;

/// <summary>The state of an image in an environment: the worst of its containers, and the total of tasks.</summary>
/// <param name="Worst">The container in the worst state.</param>
/// <param name="Containers">The number of containers.</param>
/// <param name="Running">The number of running tasks.</param>
/// <param name="Desired">The desired number of tasks; null for workloads without one.</param>
/// <param name="Behind">The number of commits by which HEAD is ahead; 0 if unknown.</param>
/// <param name="Age">How long the container has run; empty if unknown.</param>
internal sealed record StatusCell(
    ContainerVerdict Worst,
    int Containers,
    int Running,
    int? Desired,
    int Behind,
    string Age
)
{
    /// <summary>The commit of what most tasks run, otherwise the start of its digest; of the pinned one if no task runs.</summary>
    public string Version =>
        Worst.Revision is { } revision ? ShortCommit.Of(revision)
        : Worst.Running is [{ IsPinned: false, Digest: { } running }, ..] ? running.Hex[..7]
        : Worst.Pinned is { } digest ? digest.Hex[..7]
        : "–";

    /// <summary>Whether the number of running tasks was read.</summary>
    public bool KnowsTasks => Worst.KnowsTasks || Running > 0;

    /// <summary>
    /// <c>2/3</c>, or <c>?/3</c> if the tasks could not be read; empty for workloads without a desired number.
    /// </summary>
    public string Tasks =>
        Desired is not { } desired ? ""
        : !KnowsTasks ? string.Create(CultureInfo.InvariantCulture, $"?/{desired}")
        : string.Create(CultureInfo.InvariantCulture, $"{Running}/{desired}");

    /// <summary><c>0/2 as pinned</c> if tasks run something else, and the state does not say so by itself; otherwise empty.</summary>
    public string PinnedText =>
        Worst is { State: not RunningState.Hotswapped, Desired: { } desired }
        && Worst.Running.Any(each => each.IsPinned == false)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Worst.Running.Where(each => each.IsPinned == true).Sum(each => each.Tasks)}/{desired} as pinned"
            )
            : "";

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

    /// <summary>The severity of a state. A row shows the container in the worst state.</summary>
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

    /// <summary>An image that has not changed since is not behind, however many commits there are.</summary>
    private static int CommitsBehind(ContainerVerdict container, StatusReport report) =>
        container.Revision is { } revision
        && report.Heads.FirstOrDefault(head => head.Name == container.Image)?.Revision != revision
            ? report.Behind.GetValueOrDefault(revision)
            : 0;
}
