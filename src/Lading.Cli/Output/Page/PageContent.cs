using Lading.Running;
using Lading.Running.Timelines;

namespace Lading.Cli.Output.Page;

/// <summary>All that the page shows.</summary>
/// <param name="Report">The present.</param>
/// <param name="Past">What ran before.</param>
internal sealed record PageContent(StatusReport Report, StatusPast Past)
{
    /// <summary>All workloads, in the order of their names.</summary>
    public IReadOnlyList<WorkloadCard> Cards { get; } = WorkloadCard.Of(Report, Past);
}
