namespace Lading.Aws.Profiles;

/// <summary>
/// The text of an AWS shared configuration file, parsed as in the AWS CLI (Python's <c>configparser</c>): sections, <c>name =
/// value</c>, comments on their own lines, and values that continue on indented lines.
/// </summary>
internal static class ConfigurationText
{
    /// <summary>Parses a file's text into sections; setting names are in lower case.</summary>
    /// <exception cref="FormatException">A line is invalid, or defines something twice.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parse(string text)
    {
        var sections = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        string? name = null;
        var indent = 0;
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = raw.Trim();
            var depth = raw.Length - raw.TrimStart().Length;
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (section is not null && name is not null && depth > indent)
            {
                section[name] += "\n" + line;
                continue;
            }

            if (line[0] == '[' && line.IndexOf(']', StringComparison.Ordinal) is > 1 and var end)
            {
                section = new Dictionary<string, string>(StringComparer.Ordinal);
                name = null;
                if (!sections.TryAdd(line[1..end], section))
                {
                    throw new FormatException($"line {number} begins section [{line[1..end]}] a second time");
                }

                continue;
            }

            var equals = line.IndexOfAny(['=', ':']);
            if (section is null || equals < 1)
            {
                // A value may be a secret: nothing of the line is quoted.
                throw new FormatException(
                    section is null
                        ? $"line {number} is in no section"
                        : $"line {number} is neither a section nor 'name = value'"
                );
            }

            name = line[..equals].TrimEnd().ToLowerInvariant();
            indent = depth;
            if (!section.TryAdd(name, line[(equals + 1)..].TrimStart()))
            {
                throw new FormatException($"line {number} sets {name} a second time");
            }
        }

        return sections;
    }

    /// <summary>
    /// A setting nested in a value of several lines: <c>ecr =</c>, and below it <c>endpoint_url = …</c>.
    /// </summary>
    public static string? Nested(string? value, string name) =>
        value
            ?.Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[0].Trim() == name)
            .Select(pair => pair[1].Trim())
            .FirstOrDefault();
}
