namespace Lading.Oci;

/// <summary>ECR's wildcard filters of tags: <c>*</c> matches any text, every other character itself.</summary>
internal static class TagFilter
{
    public static bool Matches(string filter, Tag tag) => Matches(filter, tag.Name);

    public static bool Matches(string filter, ReadOnlySpan<char> name)
    {
        var rest = filter.AsSpan();
        var star = rest.IndexOf('*');
        if (star < 0)
        {
            return name.SequenceEqual(rest);
        }

        if (!name.StartsWith(rest[..star]))
        {
            return false;
        }

        name = name[star..];
        rest = rest[(star + 1)..];
        var last = rest.LastIndexOf('*') + 1;
        if (!name.EndsWith(rest[last..]))
        {
            return false;
        }

        // The rest is zero or more parts, each with a star after it.
        name = name[..^(rest.Length - last)];
        rest = rest[..last];
        while (!rest.IsEmpty)
        {
            star = rest.IndexOf('*');
            var at = name.IndexOf(rest[..star]);
            if (at < 0)
            {
                return false;
            }

            name = name[(at + star)..];
            rest = rest[(star + 1)..];
        }

        return true;
    }
}
