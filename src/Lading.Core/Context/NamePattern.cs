using System.Text;

namespace Lading.Context;

/// <summary>
/// A pattern for one name, without folders: <c>*</c>, <c>?</c>, <c>[a-z]</c> and <c>[^a-z]</c>, as engines match the sources of
/// <c>COPY</c> (Go's filepath.Match). There are no escapes.
/// </summary>
internal sealed class NamePattern
{
    private readonly IReadOnlyList<Token>? tokens;

    private NamePattern(string text, IReadOnlyList<Token>? tokens)
    {
        Text = text;
        this.tokens = tokens;
    }

    private enum Kind
    {
        Character,
        AnyOne,
        AnyNumber,
        Class,
        OutsideClass,
    }

    public string Text { get; }

    /// <summary>True if it is a literal name.</summary>
    public bool IsLiteral => tokens is null;

    /// <summary>The pattern that matches only this name, whatever it contains.</summary>
    public static NamePattern Literal(string name) => new(name, null);

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">A class does not end, or is empty, or a range in it does not end.</exception>
    public static NamePattern Parse(string text)
    {
        if (text.AsSpan().IndexOfAny("*?[") < 0)
        {
            return Literal(text);
        }

        GlobSyntax.Check(text);
        var tokens = new List<Token>();
        var runes = Characters(text);
        for (var i = 0; i < runes.Count; i++)
        {
            tokens.Add(
                runes[i] switch
                {
                    '*' => new Token(Kind.AnyNumber),
                    '?' => new Token(Kind.AnyOne),
                    '[' => ReadClass(runes, ref i),
                    var character => new Token(Kind.Character, character),
                }
            );
        }

        return new NamePattern(text, tokens);
    }

    /// <summary>Whether a whole name matches.</summary>
    public bool Matches(ReadOnlySpan<char> name) => tokens is null ? name.SequenceEqual(Text) : Matches(tokens, name);

    private static bool Matches(IReadOnlyList<Token> tokens, ReadOnlySpan<char> name)
    {
        var characters = Characters(name.ToString());
        var (token, at) = (0, 0);
        var (star, resumed) = (-1, 0);
        while (at < characters.Count)
        {
            if (token < tokens.Count && tokens[token].Kind == Kind.AnyNumber)
            {
                (star, resumed) = (token++, at);
            }
            else if (token < tokens.Count && tokens[token].Matches(characters[at]))
            {
                token++;
                at++;
            }
            else if (star >= 0)
            {
                // The last star takes one more character; earlier stars need no backtracking.
                token = star + 1;
                at = ++resumed;
            }
            else
            {
                return false;
            }
        }

        while (token < tokens.Count && tokens[token].Kind == Kind.AnyNumber)
        {
            token++;
        }

        return token == tokens.Count;
    }

    private static Token ReadClass(List<int> pattern, ref int at)
    {
        var isOutside = pattern[at + 1] == '^';
        at += isOutside ? 2 : 1;
        var ranges = new List<(int First, int Last)>();
        for (; pattern[at] != ']' || ranges.Count == 0; at++)
        {
            var first = pattern[at];
            var last = first;
            if (pattern[at + 1] == '-')
            {
                at += 2;
                last = pattern[at];
            }

            ranges.Add((first, last));
        }

        return new Token(isOutside ? Kind.OutsideClass : Kind.Class, Ranges: ranges);
    }

    /// <summary>Compares Unicode characters. A lone surrogate is a byte that is not text, and counts as one character.</summary>
    private static List<int> Characters(string text)
    {
        var characters = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = Rune.TryGetRuneAt(text, i, out var rune) && rune.Utf16SequenceLength == 2;
            characters.Add(isPair ? rune.Value : text[i]);
            i += isPair ? 1 : 0;
        }

        return characters;
    }

    private sealed record Token(Kind Kind, int Character = 0, IReadOnlyList<(int First, int Last)>? Ranges = null)
    {
        public bool Matches(int character) =>
            Kind switch
            {
                Kind.Character => character == Character,
                Kind.AnyOne => true,
                Kind.Class => IsIn(character),
                _ => !IsIn(character),
            };

        private bool IsIn(int character) => Ranges!.Any(range => range.First <= character && character <= range.Last);
    }
}
