namespace Lading.Running.Evidence;

/// <summary>The source of a fact, and when it was read.</summary>
/// <param name="Action">The operation as IAM names it: <c>ecs:DescribeTasks</c>.</param>
/// <param name="Subject">The object of the request: a stack, a cluster, an ARN; empty for everything.</param>
/// <param name="ReadAt">When it was read.</param>
internal sealed record FactOrigin(string Action, string Subject, DateTimeOffset ReadAt)
{
    /// <summary>The origins that are known, without duplicates.</summary>
    public static IReadOnlyList<FactOrigin> Among(params IEnumerable<FactOrigin?> origins) =>
        [.. origins.OfType<FactOrigin>().Distinct()];

    public override string ToString() => Subject.Length == 0 ? Action : $"{Action} of {Subject}";
}
