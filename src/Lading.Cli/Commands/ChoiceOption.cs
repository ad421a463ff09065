using System.CommandLine;

namespace Lading.Cli.Commands;

/// <summary>An option with a few valid words.</summary>
internal static class ChoiceOption
{
    /// <summary>Creates an option whose default is that of the enumeration.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="values">The values, by word.</param>
    /// <param name="aliases">Its other names.</param>
    public static Option<T> Of<T>(string name, IReadOnlyList<(string Word, T Value)> values, params string[] aliases)
        where T : struct
    {
        var words = values.Select(value => value.Word).ToArray();
        return new Option<T>(name, aliases)
        {
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var found = Array.FindIndex(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
                if (found < 0)
                {
                    result.AddError($"{name} is {string.Join(" or ", words)}, not '{text}'.");
                    return default;
                }

                return values[found].Value;
            },
        };
    }
}
