using Lading.Running;
using Lading.Running.Timelines;

namespace Lading.Tests.Running;

/// <summary>The present of an account, and what ran before.</summary>
/// <param name="Report">The present.</param>
/// <param name="Past">What ran before.</param>
internal sealed record WorldPast(StatusReport Report, StatusHistory Past)
{
    /// <summary>The releases of a service, newest first.</summary>
    public IReadOnlyList<TimelineEntry> Of(string service) =>
        Past.Of("prod", Report.Environments.Single().Containers.First(each => each.Service == service));
}
