using System.Text;
using System.Text.RegularExpressions;

namespace Lading.Context.Dockerfiles;

/// <summary>The lines of a Dockerfile joined to instructions.</summary>
internal sealed partial class LogicalLines
{
    private static readonly char[] Blanks = [' ', '\t', '\v', '\f', '\r'];

    private readonly string[] lines;
    private int next;

    public LogicalLines(string text)
    {
        lines = text.Split('\n');
        ReadDirectives();
    }

    public string? Syntax { get; private set; }

    public char Escape { get; private set; } = '\\';

    public IEnumerable<Instruction> Read()
    {
        while (next < lines.Length)
        {
            var number = next + 1;
            var line = ReadJoined();
            if (line.Length > 0)
            {
                yield return Parse(line, number);
            }
        }
    }

    /// <summary>Directives are the comments at the start of the file, even after blank lines; the first other line ends them.</summary>
    private void ReadDirectives()
    {
        foreach (var line in lines)
        {
            var directive = DirectivePattern().Match(line.TrimEnd('\r'));
            if (!directive.Success)
            {
                return;
            }

            var value = directive.Groups["value"].Value;
            switch (directive.Groups["name"].Value.ToLowerInvariant())
            {
                case "syntax":
                    Syntax = value;
                    break;
                case "escape" when value is "\\" or "`":
                    Escape = value[0];
                    break;
                case "escape":
                    throw new FormatException($"# escape={value}: the escape character is \\ or `");
                case "check":
                    break;
                default:
                    return;
            }
        }
    }

    private string ReadJoined()
    {
        var joined = new StringBuilder();
        var isContinued = Continue(IsComment(lines[next]) ? "" : lines[next].TrimEnd('\r').TrimStart(), joined);
        next++;
        while (isContinued && next < lines.Length)
        {
            var line = lines[next++].TrimEnd('\r');
            if (!IsComment(line) && line.AsSpan().Trim().Length > 0)
            {
                isContinued = Continue(line, joined);
            }
        }

        return joined.ToString().Trim();
    }

    /// <summary>Appends a line without its final escape character, which must be a single one.</summary>
    private bool Continue(string line, StringBuilder joined)
    {
        var end = line.TrimEnd(' ', '\t');
        var isContinued = end.EndsWith(Escape) && !(end.Length > 1 && end[^2] == Escape);
        joined.Append(isContinued ? end[..^1] : line);
        return isContinued;
    }

    private static bool IsComment(string line) => line.AsSpan().TrimStart().StartsWith("#");

    private Instruction Parse(string line, int number)
    {
        var blank = line.IndexOfAny(Blanks);
        var keyword = (blank < 0 ? line : line[..blank]).ToUpperInvariant();
        var rest = blank < 0 ? "" : line[blank..].Trim();
        var flags = new List<string>();
        var arguments = BuilderFlags.Split(rest, flags);
        return new Instruction(keyword, flags, arguments, SkipHeredocs(keyword, arguments), number);
    }

    /// <summary>Skips the documents that follow an instruction.</summary>
    /// <returns>Whether there are any.</returns>
    private bool SkipHeredocs(string keyword, string arguments)
    {
        if (keyword == "ONBUILD")
        {
            var blank = arguments.IndexOfAny(Blanks);
            keyword = blank < 0 ? "" : arguments[..blank].ToUpperInvariant();
            arguments = blank < 0 ? "" : arguments[blank..].Trim();
        }

        if (keyword is not ("RUN" or "COPY" or "ADD") || ExecForm.IsIn(arguments))
        {
            return false;
        }

        var found = false;
        foreach (var word in ShellWords.Split(arguments, '\\'))
        {
            found |= SkipHeredoc(word);
        }

        return found;
    }

    /// <returns>Whether a word of an instruction begins a document.</returns>
    private bool SkipHeredoc(string word)
    {
        var match = HeredocPattern().Match(word);
        if (!match.Success)
        {
            return false;
        }

        var name = ShellWords.Unquote(match.Groups["name"].Value, '\\');
        var isChomped = match.Groups["chomp"].Length > 0;
        for (var first = next; next < lines.Length; )
        {
            var end = lines[next++].TrimEnd('\r');
            if ((isChomped ? end.TrimStart('\t') : end) == name)
            {
                return true;
            }

            if (next == lines.Length)
            {
                throw new FormatException($"line {first}: the document <<{name} has no end");
            }
        }

        throw new FormatException($"line {lines.Length}: the document <<{name} has no end");
    }

    [GeneratedRegex(
        @"^\s*#\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)\s*=\s*(?<value>.+?)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex DirectivePattern();

    [GeneratedRegex(
        @"^[0-9]*<<(?<chomp>-?)(?<name>[^<]+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex HeredocPattern();
}
