using Lading.Running;

namespace Lading.Tests.Running.Past;

/// <summary>What a history must report of one event.</summary>
/// <param name="At">When it happened, by the clock of the source.</param>
/// <param name="Version">Its version or id.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Images">All its images, by service; the history must report no others.</param>
/// <param name="Told">The services whose images a source has; the history must report them all.</param>
internal sealed record ExpectedRelease(
    DateTimeOffset At,
    string Version,
    ReleaseOutcome Outcome,
    IReadOnlyDictionary<string, string> Images,
    IReadOnlyCollection<string> Told
)
{
    public string? Who { get; init; }

    /// <summary>What the reason must contain; empty for nothing.</summary>
    public string Why { get; init; } = "";
}
