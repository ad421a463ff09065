namespace Lading.Records;

/// <summary>What a stack runs: the content of the SSM parameter <c>/lading/&lt;stack&gt;</c> (docs/records.md).</summary>
/// <param name="Environment">The environment of the images; null if none was selected.</param>
/// <param name="Images">By name; an image that the stack pins in two ways is listed as <c>web</c> and <c>web/2</c>.</param>
internal sealed record StackRecord(string? Environment, IReadOnlyDictionary<string, RecordedImage> Images)
{
    /// <summary>The maximum number of characters in a standard parameter (SSM API reference, PutParameter).</summary>
    public const int MostCharacters = 4096;

    /// <summary>The parameter of a stack; for a record in several parts, that of the first.</summary>
    public static string ParameterOf(string stack) => $"/lading/{stack}";

    /// <summary>The parameter of a part, counted from 1.</summary>
    public static string ParameterOf(string stack, int part) =>
        part == 1 ? ParameterOf(stack) : $"{ParameterOf(stack)}/{part}";
}

/// <summary>An image that a stack runs.</summary>
/// <param name="Reference"><c>repository@sha256:…</c>, or <c>repository:tag</c> if it is pinned by an immutable tag.</param>
/// <param name="UsedBy">The containers: the logical ids of nested stacks, the logical id of the task definition, and the container's
/// name, separated by <c>/</c>.</param>
internal sealed record RecordedImage(string Reference, IReadOnlyList<string> UsedBy)
{
    /// <summary>Digests that <c>lading rollback</c> replaced; the next deployment of the app removes them.</summary>
    public IReadOnlyList<string> RolledBackFrom { get; init; } = [];

    /// <summary>The image that a key stands for: <c>web/2</c> is the second pin of <c>web</c>.</summary>
    public static string NameOf(string key) => key.Split('/')[0];
}
