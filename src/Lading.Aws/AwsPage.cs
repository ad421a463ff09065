namespace Lading.Aws;

/// <summary>A page of a listing.</summary>
/// <param name="Items">The items on the page.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
internal sealed record AwsPage<T>(IReadOnlyList<T> Items, string? Next);
