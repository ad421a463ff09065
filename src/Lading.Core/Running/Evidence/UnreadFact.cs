namespace Lading.Running.Evidence;

/// <summary>Something that could not be read. It is evidence too: what it would have told is unknown, not absent.</summary>
/// <param name="Source">What was asked.</param>
/// <param name="Reason">What came back, as part of a sentence.</param>
/// <param name="Remedy">What to do, as a sentence; empty if nothing is known.</param>
/// <param name="Resources">What it leaves unknown, such as the ARNs of a batch; empty for all that the question was about.</param>
internal sealed record UnreadFact(FactOrigin Source, string Reason, string Remedy, IReadOnlyList<string> Resources)
{
    /// <summary>Whether a permission is missing, so that asking again does not help.</summary>
    public bool IsDenied { get; init; }

    /// <summary>Whether it is about stacks or what is in them, so that what they have may be missing.</summary>
    public bool IsOfStacks => Source.Action.StartsWith("cloudformation:", StringComparison.Ordinal);

    /// <summary>Whether it leaves this unknown.</summary>
    /// <param name="subject">A cluster, a stack or an ARN.</param>
    public bool Concerns(string subject) =>
        Resources.Count > 0
            ? Resources.Contains(subject, StringComparer.Ordinal)
            : Source.Subject.Length == 0 || Source.Subject == subject;
}
