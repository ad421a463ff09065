namespace Lading.Records;

/// <summary>An image that a stack runs.</summary>
/// <param name="Reference"><c>repository@sha256:…</c>, or <c>repository:tag</c> where it is pinned by a tag that does not move.</param>
/// <param name="UsedBy">The containers: logical id of the task definition, <c>/</c>, name. Before it the logical ids of nested stacks.</param>
internal sealed record RecordedImage(string Reference, IReadOnlyList<string> UsedBy);
