using System.Text;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Aliases: extra tags that people and scripts refer to, from templates with <c>{branch}</c> and <c>{commit}</c>.
/// </summary>
internal static class AliasTags
{
    /// <summary>The maximum number that ECR accepts.</summary>
    private const int MaximumFilters = 5;

    /// <summary>
    /// The aliases of some images; empty if one of them has uncommitted inputs, since these belong to no branch or
    /// commit.
    /// </summary>
    public static IReadOnlyList<Tag> Of(IReadOnlyList<string> aliases, ProjectSnapshot sources) =>
        IsCommitted(sources) ? For(aliases, sources.Status?.Branch, sources.Commit) : [];

    /// <summary>Whether every image belongs to a commit.</summary>
    public static bool IsCommitted(ProjectSnapshot sources) => sources.Images.All(image => image.Commit is not null);

    /// <summary>The tags of aliases at a commit; an alias whose placeholder has no value (no branch) is left out.</summary>
    public static IReadOnlyList<Tag> For(IReadOnlyList<string> aliases, string? branch, ObjectId? commit) =>
        [
            .. aliases
                .Where(alias => branch is not null || !alias.Contains("{branch}", StringComparison.Ordinal))
                .Where(alias => commit is not null || !alias.Contains("{commit}", StringComparison.Ordinal))
                .Select(alias =>
                    alias
                        .Replace("{branch}", branch, StringComparison.Ordinal)
                        .Replace("{commit}", commit?.ToString(), StringComparison.Ordinal)
                )
                .Select(ToTag)
                .Distinct(),
        ];

    /// <summary>
    /// The settings of a repository for images with these aliases: every tag is immutable except moving aliases and <c>sha256-*</c>,
    /// under which clients without the referrers API store signatures. If an alias may be any text (<c>{branch}</c>), no filter could
    /// exclude Lading's own tags, so the rule is reversed: only those are immutable, and aliases of commits with a literal prefix.
    /// </summary>
    public static RepositorySettings SettingsFor(IReadOnlyList<string> aliases)
    {
        var moving = aliases
            .Where(alias => !alias.Contains("{commit}", StringComparison.Ordinal))
            .Select(alias => alias.Replace("{branch}", "*", StringComparison.Ordinal))
            .Append("sha256-*")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return moving.Exists(filter => filter.StartsWith('*')) || moving.Count > MaximumFilters
            ? RepositorySettings.MutableExcept([
                Fingerprint.SourceTagPrefix + "*",
                RevisionTag.Prefix + "*",
                .. CommitFilters(aliases).Take(MaximumFilters - 2),
            ])
            : RepositorySettings.ImmutableExcept(moving);
    }

    private static IEnumerable<string> CommitFilters(IReadOnlyList<string> aliases) =>
        aliases
            .Where(alias => alias.IndexOf("{commit}", StringComparison.Ordinal) > 0)
            .Where(alias => !alias.Contains("{branch}", StringComparison.Ordinal))
            .Select(alias => alias[..alias.IndexOf("{commit}", StringComparison.Ordinal)] + "*")
            // A filter must not make a moving alias immutable.
            .Where(filter =>
                !aliases.Any(alias =>
                    !alias.Contains('{', StringComparison.Ordinal) && TagFilter.Matches(filter, Tag.Parse(alias))
                )
            )
            .Distinct(StringComparer.Ordinal);

    /// <summary>A text as a tag: invalid characters become <c>-</c>, and it is cut at 128 characters.</summary>
    private static Tag ToTag(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '-');
        }

        if (name[0] is '.' or '-')
        {
            name[0] = '_';
        }

        return Tag.Parse(name.ToString(0, Math.Min(name.Length, 128)));
    }
}
