namespace Lading.Oci;

/// <summary>ECR's wildcard filters of tags: <c>*</c> is any number of any characters, all else is itself.</summary>
internal static class TagFilter
{
    public static bool Matches(string filter, Tag tag) => Matches(filter, tag.Name);

    public static bool Matches(string filter, ReadOnlySpan<char> name)
    {
        var parts = filter.Split('*');
        if (parts.Length == 1)
        {
            return name.SequenceEqual(filter);
        }

        if (!name.StartsWith(parts[0]) || !name[parts[0].Length..].EndsWith(parts[^1]))
        {
            return false;
        }

        name = name[parts[0].Length..^parts[^1].Length];
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var at = name.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            name = name[(at + part.Length)..];
        }

        return true;
    }
}
