using System.Text.RegularExpressions;

namespace Lading.Oci;

/// <summary>The name of a repository within a registry: <c>storefront/web</c> (distribution-spec 1.1, "Pulling manifests").</summary>
internal readonly partial record struct RepositoryName : IComparable<RepositoryName>
{
    private RepositoryName(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="FormatException">The text is no repository name.</exception>
    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new FormatException(
                $"'{text}' is no repository name: expected lower-case letters and digits, separated by '.', '_', '-' or '/', at most 255."
            );

    public static bool TryParse(string? text, out RepositoryName name)
    {
        var valid = text is { Length: > 0 and <= 255 } && Pattern().IsMatch(text);
        name = valid ? new RepositoryName(text!) : default;
        return valid;
    }

    public int CompareTo(RepositoryName other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(RepositoryName left, RepositoryName right) => left.CompareTo(right) < 0;

    public static bool operator >(RepositoryName left, RepositoryName right) => left.CompareTo(right) > 0;

    public static bool operator <=(RepositoryName left, RepositoryName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RepositoryName left, RepositoryName right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value ?? "";

    [GeneratedRegex(
        @"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Pattern();
}
