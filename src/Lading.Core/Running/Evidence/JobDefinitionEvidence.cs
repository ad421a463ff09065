namespace Lading.Running.Evidence;

/// <summary>A Batch job definition.</summary>
/// <param name="Arn">With its revision.</param>
/// <param name="Status"><c>ACTIVE</c> or <c>INACTIVE</c>.</param>
/// <param name="Images">The image of each container, in the order of the definition; the name is empty if it has none.</param>
/// <param name="Source">The source of this fact.</param>
internal sealed record JobDefinitionEvidence(
    string Arn,
    string Status,
    IReadOnlyList<KeyValuePair<string, string>> Images,
    FactOrigin Source
);
