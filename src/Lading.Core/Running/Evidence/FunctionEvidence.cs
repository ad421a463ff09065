namespace Lading.Running.Evidence;

/// <summary>A Lambda function that runs an image.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">The reference in its configuration.</param>
/// <param name="ResolvedImage">The reference by digest, as Lambda resolved it.</param>
/// <param name="UpdateStatus"><c>Successful</c>, <c>InProgress</c> or <c>Failed</c>; empty if Lambda does not say.</param>
/// <param name="Source">The source of this fact.</param>
internal sealed record FunctionEvidence(
    string Name,
    string Image,
    string ResolvedImage,
    string UpdateStatus,
    FactOrigin Source
);
