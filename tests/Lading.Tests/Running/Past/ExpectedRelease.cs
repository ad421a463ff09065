using Lading.Running;

namespace Lading.Tests.Running.Past;

/// <summary>What a history must say of one thing that happened.</summary>
/// <param name="At">When, by the clock of whoever tells.</param>
/// <param name="Version">What it is called.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Images">All images that it had, by service: none may be told otherwise.</param>
/// <param name="Told">The services whose images some source tells: none of them may be left out.</param>
internal sealed record ExpectedRelease(
    DateTimeOffset At,
    string Version,
    ReleaseOutcome Outcome,
    IReadOnlyDictionary<string, string> Images,
    IReadOnlyCollection<string> Told
)
{
    public string? Who { get; init; }

    /// <summary>What is said of it besides; empty if nothing must be.</summary>
    public string Why { get; init; } = "";
}
