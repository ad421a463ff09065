namespace Lading.Oci;

/// <summary>Which tags of a repository may move, in ECR's terms: a rule, and wildcard filters for the tags that have the other one.</summary>
/// <param name="TagsAreMutable">False: <c>IMMUTABLE</c>, and <c>IMMUTABLE_WITH_EXCLUSION</c> where there are exceptions. True: the same with <c>MUTABLE</c>.</param>
/// <param name="Exceptions">Filters such as <c>sha256-*</c>. ECR takes at most 5, of at most 128 characters with at most 2 wildcards each.</param>
internal sealed record RepositorySettings(bool TagsAreMutable, IReadOnlyList<string> Exceptions)
{
    /// <summary>Every tag is put once, but for those that a filter matches.</summary>
    public static RepositorySettings ImmutableExcept(params IReadOnlyList<string> filters) => new(false, filters);

    /// <summary>Tags may move, but for those that a filter matches.</summary>
    public static RepositorySettings MutableExcept(params IReadOnlyList<string> filters) => new(true, filters);

    /// <summary>Whether a tag, once put, points to its digest permanently.</summary>
    public bool IsImmutable(Tag tag) => Exceptions.Any(filter => TagFilter.Matches(filter, tag)) == TagsAreMutable;
}
