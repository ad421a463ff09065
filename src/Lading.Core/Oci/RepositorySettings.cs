namespace Lading.Oci;

/// <summary>Which tags of a repository are mutable, in ECR's terms: a rule, and wildcard filters for exceptions.</summary>
/// <param name="TagsAreMutable">False: <c>IMMUTABLE</c>, or <c>IMMUTABLE_WITH_EXCLUSION</c> if there are exceptions. True: the same
/// with <c>MUTABLE</c>.</param>
/// <param name="Exceptions">Filters such as <c>sha256-*</c>. ECR allows at most 5, of at most 128 characters with at most 2 wildcards each.</param>
internal sealed record RepositorySettings(bool TagsAreMutable, IReadOnlyList<string> Exceptions)
{
    /// <summary>Every tag is immutable, except those that match a filter.</summary>
    public static RepositorySettings ImmutableExcept(params IReadOnlyList<string> filters) => new(false, filters);

    /// <summary>Every tag is mutable, except those that match a filter.</summary>
    public static RepositorySettings MutableExcept(params IReadOnlyList<string> filters) => new(true, filters);

    /// <summary>Whether a tag permanently points to its first digest.</summary>
    public bool IsImmutable(Tag tag) => Exceptions.Any(filter => TagFilter.Matches(filter, tag)) == TagsAreMutable;
}
