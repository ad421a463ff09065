using System.Text;

namespace Lading.Context.Dockerfiles;

/// <summary>Splits a line into words like a shell: at blanks outside quotes.</summary>
internal static class ShellWords
{
    /// <summary>The words, with their quotes and escapes.</summary>
    public static IReadOnlyList<string> Split(string line, char escape)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Finish(words, word);
                continue;
            }

            word.Append(c);
            if (c == escape && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
        }

        Finish(words, word);
        return words;
    }

    /// <summary>A word without its quotes and escapes.</summary>
    public static string Unquote(string word, char escape) =>
        Substitution.Apply(word, escape, static _ => Substitution.Unset, keepVariables: true).Text;

    private static void Finish(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
