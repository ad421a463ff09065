namespace Lading.Context;

/// <summary>The shortest path that means the same: <c>a/./b/../c//</c> is <c>a/c</c> (Go's path.Clean, which Docker uses).</summary>
internal static class CleanPath
{
    public static string Of(string path)
    {
        var isRooted = path.StartsWith('/');
        var kept = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == ".." && kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (part != ".." || !isRooted)
            {
                kept.Add(part);
            }
        }

        var cleaned = string.Join('/', kept);
        if (isRooted)
        {
            return "/" + cleaned;
        }

        return cleaned.Length == 0 ? "." : cleaned;
    }
}
