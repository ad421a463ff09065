namespace Lading.Registry;

/// <summary>A page of a listing.</summary>
/// <param name="Items">What it lists.</param>
/// <param name="Next">The address of the next page; null for the last.</param>
internal sealed record ListedPage<T>(IReadOnlyList<T> Items, Uri? Next);
