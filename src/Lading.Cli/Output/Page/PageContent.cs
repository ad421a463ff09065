using Lading.Running;
using Lading.Running.Timelines;

namespace Lading.Cli.Output.Page;

/// <summary>The content of the page of <c>status --html</c>.</summary>
/// <param name="Report">What runs now.</param>
/// <param name="Past">What ran before.</param>
internal sealed record PageContent(StatusReport Report, StatusHistory Past)
{
    /// <summary>All workloads, ordered by name.</summary>
    public IReadOnlyList<WorkloadCard> Cards { get; } = WorkloadCard.Of(Report, Past);
}
