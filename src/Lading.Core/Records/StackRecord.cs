namespace Lading.Records;

/// <summary>What a stack runs: the content of the SSM parameter <c>/lading/&lt;stack&gt;</c> (docs/records.md).</summary>
/// <param name="Environment">The environment whose images they are; null if none was named.</param>
/// <param name="Images">By name; one that the stack pins in two ways is there as <c>web</c> and <c>web/2</c>.</param>
internal sealed record StackRecord(string? Environment, IReadOnlyDictionary<string, RecordedImage> Images)
{
    /// <summary>The most characters that a standard parameter holds (SSM API reference, PutParameter).</summary>
    public const int MostCharacters = 4096;

    /// <summary>The parameter of a stack; of a record in several parts, that of the first.</summary>
    public static string ParameterOf(string stack) => $"/lading/{stack}";

    /// <summary>The parameter of a part, counted from 1.</summary>
    public static string ParameterOf(string stack, int part) =>
        part == 1 ? ParameterOf(stack) : $"{ParameterOf(stack)}/{part}";
}

/// <summary>An image that a stack runs.</summary>
/// <param name="Reference"><c>repository@sha256:…</c>, or <c>repository:tag</c> where it is pinned by a tag that does not move.</param>
/// <param name="UsedBy">The containers: logical id of the task definition, <c>/</c>, name. Before it the logical ids of nested stacks.</param>
internal sealed record RecordedImage(string Reference, IReadOnlyList<string> UsedBy)
{
    /// <summary>Digests that <c>lading rollback</c> replaced; the next deployment from the app leaves them out.</summary>
    public IReadOnlyList<string> RolledBackFrom { get; init; } = [];
}
