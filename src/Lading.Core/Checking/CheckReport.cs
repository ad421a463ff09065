using Lading.Checking.Templates;

namespace Lading.Checking;

/// <summary>What a check found.</summary>
/// <param name="Environment">The environment that was checked.</param>
/// <param name="HasTemplates">Whether templates were looked into, or the lock alone.</param>
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
    /// <summary>Resources that may name images where none was looked for.</summary>
    public IReadOnlyList<UnreadResource> Unread { get; init; } = [];

    /// <summary>Why it is not known what stacks were rolled back from, as part of a sentence; null if it is, or nobody could know.</summary>
    public string? UnreadRecords { get; init; }

    /// <summary>Stacks that were not checked, each with the environment that it belongs to.</summary>
    public IReadOnlyList<(string Stack, string Environment)> Others { get; init; } = [];

    /// <summary>Images that were published and that no template names; none if no templates were looked into.</summary>
    public IReadOnlyList<string> Unused =>
        HasTemplates
            ? [.. Results.Where(result => result.Image.Stack is null).Select(result => result.Image.Name)]
            : [];

    public bool Holds => Results.All(result => result.Holds);
}

/// <summary>An image with what was found of it.</summary>
/// <param name="Image">What was checked.</param>
/// <param name="Evidence">What its registry said.</param>
/// <param name="Findings">At least one.</param>
internal sealed record CheckResult(CheckedImage Image, ImageEvidence Evidence, IReadOnlyList<Finding> Findings)
{
    public bool Holds => Findings.All(finding => finding.Holds);
}
