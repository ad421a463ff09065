namespace Lading.Oci;

/// <summary>The name of a repository within a registry: <c>storefront/web</c> (distribution-spec 1.1, "Pulling manifests").</summary>
internal readonly record struct RepositoryName : IComparable<RepositoryName>
{
    private RepositoryName(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="FormatException">The text is not a repository name.</exception>
    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new FormatException(
                $"'{text}' is not a repository name: expected lower-case letters and digits, separated by '.', '_', '-' or '/', at most 255."
            );

    public static bool TryParse(string? text, out RepositoryName name)
    {
        var valid = text is { Length: > 0 and <= 255 } && IsName(text);
        name = valid ? new RepositoryName(text!) : default;
        return valid;
    }

    public int CompareTo(RepositoryName other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(RepositoryName left, RepositoryName right) => left.CompareTo(right) < 0;

    public static bool operator >(RepositoryName left, RepositoryName right) => left.CompareTo(right) > 0;

    public static bool operator <=(RepositoryName left, RepositoryName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RepositoryName left, RepositoryName right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value ?? "";

    /// <summary>Runs of letters and digits, with one of <c>.</c>, <c>_</c>, <c>__</c>, <c>/</c> or any number of <c>-</c> between them.</summary>
    private static bool IsName(string text)
    {
        var separators = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                separators = 0;
                continue;
            }

            separators++;
            var isSeparator =
                c is '-' ? separators == 1 || text[i - 1] == '-'
                : c is '_' ? separators == 1 || (separators == 2 && text[i - 1] == '_')
                : c is '.' or '/' && separators == 1;
            if (i == 0 || !isSeparator)
            {
                return false;
            }
        }

        return separators == 0;
    }
}
