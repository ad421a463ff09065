using Lading.Checking.Templates;

namespace Lading.Checking;

/// <summary>The result of a check.</summary>
/// <param name="Environment">The environment that was checked.</param>
/// <param name="HasTemplates">Whether templates were checked, or only the lock.</param>
/// <param name="HasLock">Whether the environment has a lock.</param>
/// <param name="Results">The containers in the order of the templates, then the other images of the lock.</param>
/// <param name="Unpinned">Bases without a pin: image and reference.</param>
/// <param name="Subjects">First lines of commit messages, by commit.</param>
internal sealed record CheckReport(
    string Environment,
    bool HasTemplates,
    bool HasLock,
    IReadOnlyList<CheckResult> Results,
    IReadOnlyList<(string Image, string Reference)> Unpinned,
    IReadOnlyDictionary<string, string> Subjects
)
{
    /// <summary>Resources that may name images in unknown properties.</summary>
    public IReadOnlyList<UnreadResource> Unread { get; init; } = [];

    /// <summary>
    /// Why rolled-back images are unknown, as part of a sentence; null if they are known, or there is no account to
    /// ask.
    /// </summary>
    public string? UnreadRecords { get; init; }

    /// <summary>Stacks that were not checked, each with its environment.</summary>
    public IReadOnlyList<(string Stack, string Environment)> Others { get; init; } = [];

    /// <summary>Images of the lock that no checked template runs; empty if no templates were checked.</summary>
    public IReadOnlyList<string> Unused =>
        HasTemplates
            ? [.. Results.Where(result => result.Image.Stack is null).Select(result => result.Image.Name)]
            : [];

    public bool Holds => Results.All(result => result.Holds);
}

/// <summary>An image and its verdicts.</summary>
/// <param name="Image">The image that was checked.</param>
/// <param name="Evidence">What the registry has of it.</param>
/// <param name="Findings">At least one.</param>
internal sealed record CheckResult(CheckedImage Image, ImageEvidence Evidence, IReadOnlyList<Finding> Findings)
{
    public bool Holds => Findings.All(finding => finding.Holds);
}
