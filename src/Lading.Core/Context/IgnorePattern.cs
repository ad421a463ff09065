using System.Text;
using System.Text.RegularExpressions;

namespace Lading.Context;

/// <summary>
/// One line of an ignore file, with Docker's semantics: <c>**</c> crosses folders, <c>*</c> and <c>?</c> do not, a folder covers its
/// contents.
/// </summary>
/// <remarks>The rules are those of Docker's pattern matcher, including where they differ from <c>.gitignore</c> and from Go's filepath.Match.</remarks>
internal sealed class IgnorePattern
{
    private readonly Kind kind;
    private readonly Glob? glob;
    private readonly Regex? expression;

    private IgnorePattern(string text, bool isException, Kind kind, Glob? glob, Regex? expression)
    {
        Text = text;
        IsException = isException;
        this.kind = kind;
        this.glob = glob;
        this.expression = expression;
    }

    private enum Kind
    {
        Exact,
        Prefix,
        Suffix,
        Expression,
    }

    /// <summary>The cleaned pattern, without <c>!</c>.</summary>
    public string Text { get; }

    /// <summary>True for a line that begins with <c>!</c>, which re-includes what it matches.</summary>
    public bool IsException { get; }

    /// <summary>Whether the path itself matches; parent folders are up to the caller.</summary>
    public bool Matches(ReadOnlySpan<char> path) =>
        kind switch
        {
            Kind.Exact => path.SequenceEqual(Text),
            Kind.Prefix => path.StartsWith(Text.AsSpan(0, Text.Length - 2)),
            Kind.Suffix => path.EndsWith(Text.AsSpan(2))
                || (Text.Length > 2 && Text[2] == '/' && path.SequenceEqual(Text.AsSpan(3))),
            _ => glob?.Matches(path) ?? expression!.IsMatch(path),
        };

    /// <summary>Parses a cleaned pattern.</summary>
    /// <exception cref="FormatException">The pattern has an unclosed or empty class, or ends in a backslash.</exception>
    public static IgnorePattern Parse(string text, bool isException)
    {
        GlobSyntax.Check(text);
        var match = Kind.Exact;
        var regex = new StringBuilder("^");
        var glob = new Glob.Builder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '*' when i + 1 < text.Length && text[i + 1] == '*':
                    var isFirst = i == 0;
                    i++;
                    if (i + 1 < text.Length && text[i + 1] == '/')
                    {
                        i++;
                    }

                    if (i + 1 < text.Length)
                    {
                        regex.Append("(?:.*/)?");
                        glob.MaybeFolders();
                        match = Kind.Expression;
                    }
                    else if (match == Kind.Exact)
                    {
                        match = Kind.Prefix;
                    }
                    else
                    {
                        regex.Append(".*");
                        glob.Anything();
                        match = Kind.Expression;
                    }

                    // "**/name" is a plain comparison of the suffix unless something later needs the expression.
                    match = isFirst ? Kind.Suffix : match;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    glob.AnyInFolder();
                    match = Kind.Expression;
                    break;
                case '?':
                    regex.Append("[^/]");
                    glob.AnyOne();
                    match = Kind.Expression;
                    break;
                case '\\' when i + 1 < text.Length:
                    i++;
                    match = Kind.Expression;
                    if (char.IsAscii(text[i]) && !char.IsAsciiLetterOrDigit(text[i]))
                    {
                        regex.Append(Regex.Escape(text[i].ToString()));
                        glob.Literal(text[i]);
                    }
                    else
                    {
                        // Docker passes it to Go's regular expressions, where most letters have a special meaning.
                        regex.Append(Escaped(text[i], text));
                        glob.GiveUp();
                    }

                    break;
                case '[' or ']':
                    regex.Append(c);
                    glob.GiveUp();
                    match = Kind.Expression;
                    break;
                case '^':
                    // Literal, until something else needs a regular expression: there it is an anchor.
                    regex.Append(c);
                    glob.GiveUp();
                    break;
                case '.' or '+' or '(' or ')' or '|' or '{' or '}' or '$':
                    regex.Append('\\').Append(c);
                    glob.Literal(c);
                    break;
                default:
                    regex.Append(c);
                    glob.Literal(c);
                    break;
            }
        }

        var built = glob.Build();
        var needsRegex = match == Kind.Expression && built is null;
        return new IgnorePattern(text, isException, match, built, needsRegex ? Compile(regex, text) : null);
    }

    /// <summary>The meaning of a backslash and this character in Go (RE2, "Escape sequences").</summary>
    private static string Escaped(char character, string text) =>
        character switch
        {
            'a' or 'f' or 'n' or 'r' or 't' or 'v' or 'A' or 'z' or 'b' or 'B' => $@"\{character}",
            'd' => "[0-9]",
            'D' => "[^0-9]",
            's' => @"[\t\n\f\r ]",
            'S' => @"[^\t\n\f\r ]",
            'w' => "[0-9A-Za-z_]",
            'W' => "[^0-9A-Za-z_]",
            _ => throw new FormatException($"'{text}' is not a pattern: it has an unknown escape."),
        };

    private static Regex Compile(StringBuilder expression, string text)
    {
        try
        {
            return new Regex(
                expression.Append(@"\z").ToString(),
                RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
                TimeSpan.FromMinutes(1)
            );
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'{text}' is not a pattern: {e.Message}", e);
        }
    }
}
