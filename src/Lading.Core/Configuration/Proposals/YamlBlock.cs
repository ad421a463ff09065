using System.Text.RegularExpressions;

namespace Lading.Configuration.Proposals;

/// <summary>A key of a YAML file with its value, or with the scalars below it. This is not a YAML parser: other layouts are ignored.</summary>
/// <param name="Before">The line before the key.</param>
/// <param name="Value">The text after the key; null if its value is below.</param>
/// <param name="Fields">The keys below it that have a scalar value.</param>
internal sealed partial record YamlBlock(string Before, string? Value, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Every occurrence of a key.</summary>
    public static IEnumerable<YamlBlock> Of(string text, string key)
    {
        var lines = text.Split('\n')
            .Select(line => Comment().Replace(line.TrimEnd('\r'), ""))
            .Where(line => line.Trim().Length > 0)
            .ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            if (Entry().Match(lines[i]) is not { Success: true } match || match.Groups["key"].Value != key)
            {
                continue;
            }

            var value = match.Groups["value"].Value.Trim('"', '\'');
            if (value.Length > 0)
            {
                if (value[0] is not ('{' or '[' or '&' or '*' or '|' or '>'))
                {
                    yield return new YamlBlock(i > 0 ? lines[i - 1] : "", value, new Dictionary<string, string>());
                }

                continue;
            }

            var indent = match.Groups["indent"].Length;
            var below = lines
                .Skip(i + 1)
                .Select(line => Entry().Match(line))
                .TakeWhile(line => line.Success && line.Groups["indent"].Length > indent)
                .ToList();
            var own = below.Where(line => line.Groups["indent"].Length == below[0].Groups["indent"].Length);
            yield return new YamlBlock(
                i > 0 ? lines[i - 1] : "",
                null,
                own.Where(line => line.Groups["value"].Length > 0)
                    .DistinctBy(line => line.Groups["key"].Value)
                    .ToDictionary(
                        line => line.Groups["key"].Value,
                        line => line.Groups["value"].Value.Trim('"', '\''),
                        StringComparer.Ordinal
                    )
            );
        }
    }

    [GeneratedRegex(
        @"(^|\s)#.*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"^(?<indent>\s*(- +)?)(?<key>[A-Za-z0-9_.-]+):(\s+(?<value>.*?))?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Entry();
}
