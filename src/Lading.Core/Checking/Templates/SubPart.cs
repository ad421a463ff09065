namespace Lading.Checking.Templates;

/// <summary>A part of an <c>Fn::Sub</c>: literal text, or the name of a variable.</summary>
internal readonly record struct SubPart(string Text, bool IsVariable)
{
    /// <summary>Splits a text; <c>${!x}</c> is a literal <c>${x}</c>.</summary>
    public static IEnumerable<SubPart> PartsOf(string pattern)
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

            yield return new SubPart(pattern[at..open], IsVariable: false);
            var name = pattern[(open + 2)..close].Trim();
            yield return name.StartsWith('!')
                ? new SubPart($"${{{name[1..]}}}", IsVariable: false)
                : new SubPart(name, IsVariable: true);
            at = close + 1;
        }

        yield return new SubPart(pattern[at..], IsVariable: false);
    }
}
