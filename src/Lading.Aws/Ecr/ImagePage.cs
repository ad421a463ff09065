namespace Lading.Aws.Ecr;

/// <summary>A page of images.</summary>
/// <param name="Images">The images.</param>
/// <param name="Next">Asks for the next page; null at the end.</param>
internal sealed record ImagePage(IReadOnlyList<ImageDetail> Images, string? Next);
