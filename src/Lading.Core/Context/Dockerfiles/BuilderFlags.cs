using System.Text;

namespace Lading.Context.Dockerfiles;

/// <summary>The flags between an instruction's keyword and its arguments: words that begin with <c>--</c>, perhaps quoted in part.</summary>
internal static class BuilderFlags
{
    /// <summary>Removes the flags from the start of a line. A backslash escapes in them, whatever <c># escape=</c> says.</summary>
    /// <returns>The rest of the line.</returns>
    public static string Split(string line, List<string> flags)
    {
        var at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            if (!line.AsSpan(at).StartsWith("--"))
            {
                return line[at..];
            }

            var flag = Word(line, ref at);
            if (flag == "--")
            {
                return line[at..].TrimStart();
            }

            flags.Add(flag);
        }
    }

    private static string Word(string line, ref int at)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; at < line.Length; at++)
        {
            var c = line[at];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                break;
            }

            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == '\\')
            {
                // The last character of the line escapes nothing.
                if (at + 1 < line.Length)
                {
                    word.Append(line[++at]);
                }
            }
            else
            {
                word.Append(c);
            }
        }

        return word.ToString();
    }
}
