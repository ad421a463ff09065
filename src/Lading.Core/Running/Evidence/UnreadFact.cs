namespace Lading.Running.Evidence;

/// <summary>Something that could not be read. It is evidence too: the answer is unknown, not absent.</summary>
/// <param name="Source">The request.</param>
/// <param name="Reason">The error, as part of a sentence.</param>
/// <param name="Remedy">What to do, as a sentence; empty if no remedy is known.</param>
/// <param name="Resources">What is unknown because of it, such as the ARNs in a batch; empty for everything that was
/// requested.</param>
internal sealed record UnreadFact(FactOrigin Source, string Reason, string Remedy, IReadOnlyList<string> Resources)
{
    /// <summary>Whether a permission is missing, so a retry does not help.</summary>
    public bool IsDenied { get; init; }

    /// <summary>Whether it is about stacks, so that their resources may be missing from the evidence.</summary>
    public bool IsOfStacks => Source.Action.StartsWith("cloudformation:", StringComparison.Ordinal);

    /// <summary>Whether facts about a given subject are unknown because of it.</summary>
    /// <param name="subject">A cluster, a stack or an ARN.</param>
    public bool Concerns(string subject) =>
        Resources.Count > 0
            ? Resources.Contains(subject, StringComparer.Ordinal)
            : Source.Subject.Length == 0 || Source.Subject == subject;
}
