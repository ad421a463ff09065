using System.Text;

namespace Lading.Context.Dockerfiles;

/// <summary>A word after its variables were replaced.</summary>
/// <param name="Text">The text; empty for a variable that is not set.</param>
/// <param name="IsSet">False for a variable that is not set.</param>
/// <param name="IsKnown">False if it depends on something that only the engine knows.</param>
internal sealed record Substitution(string Text, bool IsSet = true, bool IsKnown = true)
{
    /// <summary>A variable that is not set.</summary>
    public static Substitution Unset { get; } = new("", IsSet: false);

    /// <summary>A variable whose value only the engine knows.</summary>
    public static Substitution Unknown { get; } = new("", IsKnown: false);

    /// <summary>
    /// Replaces <c>$x</c>, <c>${x}</c>, <c>${x:-y}</c>, <c>${x-y}</c>, <c>${x:+y}</c>, <c>${x+y}</c>, <c>${x:?y}</c> and <c>${x?y}</c>,
    /// and removes quotes and escapes (Dockerfile reference, "Environment replacement"). Anything else in a brace makes the result
    /// unknown.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="escape">The escape character.</param>
    /// <param name="find">Returns the value of a variable.</param>
    /// <param name="keepVariables">True to treat a dollar like any other character.</param>
    /// <exception cref="FormatException">A brace or a quote does not end.</exception>
    public static Substitution Apply(
        string word,
        char escape,
        Func<string, Substitution> find,
        bool keepVariables = false
    )
    {
        var reader = new Reader(word, escape, find, keepVariables);
        var text = reader.ReadUntil('\0');
        return new Substitution(text, IsKnown: reader.IsKnown);
    }

    private sealed class Reader(
        string word,
        char escape,
        Func<string, Substitution> find,
        bool keepVariables,
        int depth = 0
    )
    {
        // Recursion uses the stack, and a stack overflow ends the whole process.
        private const int MaxDepth = 100;

        private int at;

        public bool IsKnown { get; private set; } = true;

        public string ReadUntil(char end)
        {
            var text = new StringBuilder();
            while (at < word.Length && word[at] != end)
            {
                var c = word[at++];
                if (c == '\'')
                {
                    var close = word.IndexOf('\'', at);
                    Require(close >= 0);
                    text.Append(word, at, close - at);
                    at = close + 1;
                }
                else if (c == '"')
                {
                    ReadQuoted(text);
                }
                else if (c == escape)
                {
                    // A final escape character is dropped, as BuildKit does.
                    text.Append(at < word.Length ? word[at++] : "");
                }
                else if (c == '$' && !keepVariables)
                {
                    text.Append(ReadVariable());
                }
                else
                {
                    text.Append(c);
                }
            }

            Require(end == '\0' || at < word.Length);
            at++;
            return text.ToString();
        }

        private void ReadQuoted(StringBuilder text)
        {
            while (at < word.Length && word[at] != '"')
            {
                var c = word[at++];
                if (c == '$' && !keepVariables)
                {
                    text.Append(ReadVariable());
                }
                else if (c == escape && at < word.Length && (word[at] is '"' or '$' || word[at] == escape))
                {
                    text.Append(word[at++]);
                }
                else
                {
                    text.Append(c);
                }
            }

            Require(at < word.Length);
            at++;
        }

        private string ReadVariable()
        {
            if (at >= word.Length || word[at] != '{')
            {
                var name = ReadName();
                return name.Length == 0 ? "$" : Value(find(name));
            }

            var start = at++;
            var braced = ReadName();
            Require(braced.Length > 0 && at < word.Length);
            var value = find(braced);
            if (word[at] == '}')
            {
                at++;
                return Value(value);
            }

            var isEmptyUnset = word[at] == ':';
            at += isEmptyUnset ? 1 : 0;
            Require(at < word.Length);
            var modifier = word[at++];
            if (modifier is '-' or '+' or '?')
            {
                Require(depth < MaxDepth, "has variables within variables, more than a hundred deep");
                var otherwise = new Reader(word, escape, find, keepVariables, depth + 1) { at = at };
                var alternative = otherwise.ReadUntil('}');
                at = otherwise.at;
                return Choose(modifier, value, isEmptyUnset, new(alternative, IsKnown: otherwise.IsKnown));
            }

            // A pattern to remove or replace: only newer engines support it.
            IsKnown = false;
            var close = word.IndexOf('}', at);
            Require(close >= 0);
            at = close + 1;
            return word[(start - 1)..at];
        }

        private string Choose(char modifier, Substitution value, bool isEmptyUnset, Substitution alternative)
        {
            if (!value.IsKnown)
            {
                IsKnown = false;
                return "";
            }

            var isSet = value.IsSet && !(isEmptyUnset && value.Text.Length == 0);
            return modifier switch
            {
                '-' => Value(isSet ? value : alternative),
                '+' => isSet ? Value(alternative) : "",
                _ => Value(value),
            };
        }

        private string Value(Substitution value)
        {
            IsKnown &= value.IsKnown;
            return value.Text;
        }

        private string Shortened => word.Length <= 200 ? word : word[..200] + "…";

        private string ReadName()
        {
            var start = at;
            while (at < word.Length && (char.IsAsciiLetterOrDigit(word[at]) || word[at] == '_'))
            {
                at++;
            }

            return word[start..at];
        }

        private void Require(bool holds, string otherwise = "has a quote or a brace that does not end")
        {
            if (!holds)
            {
                throw new FormatException($"'{Shortened}' {otherwise}");
            }
        }
    }
}
