namespace Lading.Configuration.Json;

/// <summary>Suggests what a user may have meant by an unknown word.</summary>
internal static class ClosestMatch
{
    /// <summary>The closest choice; null if none is close.</summary>
    public static string? Find(string written, IEnumerable<string> choices)
    {
        var lower = written.ToLowerInvariant();
        return choices
            .Select(choice => (Choice: choice, Distance: Distance(lower, choice.ToLowerInvariant())))
            .Where(pair => pair.Distance <= Math.Max(1, Math.Min(lower.Length, pair.Choice.Length) / 3))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Choice, StringComparer.Ordinal)
            .Select(pair => pair.Choice)
            .FirstOrDefault();
    }

    /// <summary>
    /// The number of edits that turn one word into the other; an abbreviation (cmd of command) or a suffix counts as
    /// one edit.
    /// </summary>
    private static int Distance(string a, string b)
    {
        var edits = Edits(a, b);
        var isPart = IsAbbreviation(a, b) || IsAbbreviation(b, a) || a.EndsWith(b, StringComparison.Ordinal);
        return isPart && Math.Min(a.Length, b.Length) >= 3 ? Math.Min(edits, 1) : edits;
    }

    private static bool IsAbbreviation(string text, string brief)
    {
        if (brief.Length == 0)
        {
            return false;
        }

        var at = 0;
        foreach (var c in text)
        {
            at += at < brief.Length && brief[at] == c ? 1 : 0;
        }

        return at == brief.Length && text.Length > 0 && text[0] == brief[0];
    }

    private static int Edits(string a, string b)
    {
        var (older, last) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray());
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], older[j - 2] + 1);
                }
            }

            (older, last) = (last, row);
        }

        return last[b.Length];
    }
}
