namespace Lading.Oci;

/// <summary>How a repository is set up when it is created.</summary>
/// <param name="MutableTags">
/// Wildcard filters of the tags that may move, such as <c>main</c> or <c>sha256-*</c>; all others are immutable. ECR takes at
/// most 5 of at most 128 characters with at most 2 wildcards each.
/// </param>
internal sealed record RepositorySettings(IReadOnlyList<string> MutableTags);
