namespace Lading.Context;

/// <summary>Docker's syntax check for ignore patterns: that of Go's filepath.Match.</summary>
internal static class GlobSyntax
{
    /// <exception cref="FormatException">A class is not closed or is empty, a range has no end, or a backslash is last.</exception>
    public static void Check(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    Require(i < pattern.Length, pattern);
                    break;
                case '[':
                    i = EndOfClass(pattern, i + 1);
                    break;
                default:
                    break;
            }
        }
    }

    private static int EndOfClass(string pattern, int i)
    {
        if (i < pattern.Length && pattern[i] == '^')
        {
            i++;
        }

        for (var ranges = 0; ; ranges++)
        {
            Require(i < pattern.Length, pattern);
            if (pattern[i] == ']' && ranges > 0)
            {
                return i;
            }

            i = AfterCharacter(pattern, i);
            if (i < pattern.Length && pattern[i] == '-')
            {
                i = AfterCharacter(pattern, i + 1);
            }
        }
    }

    private static int AfterCharacter(string pattern, int i)
    {
        Require(i < pattern.Length && pattern[i] is not ('-' or ']'), pattern);
        if (pattern[i] == '\\')
        {
            i++;
            Require(i < pattern.Length, pattern);
        }

        Require(i + 1 < pattern.Length, pattern);
        return i + 1;
    }

    private static void Require(bool holds, string pattern)
    {
        if (!holds)
        {
            throw new FormatException($"'{pattern}' is not a pattern: it has a class or an escape that is not closed.");
        }
    }
}
