namespace Lading.Checking.Templates;

/// <summary>A part of the text of an <c>Fn::Sub</c>: text as it is, or the name of a variable.</summary>
internal readonly record struct Substitution(string Text, bool IsVariable)
{
    /// <summary>Takes a text apart; <c>${!x}</c> stands for <c>${x}</c> as it is.</summary>
    public static IEnumerable<Substitution> PartsOf(string pattern)
    {
        var at = 0;
        while (at < pattern.Length)
        {
            var open = pattern.IndexOf("${", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : pattern.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            yield return new Substitution(pattern[at..open], IsVariable: false);
            var name = pattern[(open + 2)..close].Trim();
            yield return name.StartsWith('!')
                ? new Substitution($"${{{name[1..]}}}", IsVariable: false)
                : new Substitution(name, IsVariable: true);
            at = close + 1;
        }

        yield return new Substitution(pattern[at..], IsVariable: false);
    }
}
