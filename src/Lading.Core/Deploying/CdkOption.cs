namespace Lading.Deploying;

/// <summary>An option for the CDK CLI as typed, with its arguments.</summary>
/// <param name="Name">Without dashes and without <c>no-</c>; for a short option, its long name if known.</param>
/// <param name="Value">Its value; null if it has none.</param>
/// <param name="Words">As they were typed.</param>
internal sealed record CdkOption(string Name, string? Value, IReadOnlyList<string> Words)
{
    // The short options of 'cdk deploy' and of all commands (aws-cdk 2).
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["a"] = "app",
        ["c"] = "context",
        ["p"] = "plugin",
        ["v"] = "verbose",
        ["i"] = "ec2creds",
        ["r"] = "role-arn",
        ["o"] = "output",
        ["e"] = "exclusively",
        ["E"] = "build-exclude",
        ["t"] = "tags",
        ["m"] = "method",
        ["f"] = "force",
        ["O"] = "outputs-file",
        ["R"] = "rollback",
        ["y"] = "yes",
        ["h"] = "help",
    };

    /// <summary>Parses the words after <c>--</c>: options, each with the words up to the next one.</summary>
    /// <exception cref="LadingException">The first word is not an option.</exception>
    public static IReadOnlyList<CdkOption> Read(IReadOnlyList<string> words)
    {
        var options = new List<CdkOption>();
        for (var i = 0; i < words.Count; )
        {
            var end = i + 1;
            while (end < words.Count && !IsOption(words[end]))
            {
                end++;
            }

            options.Add(Of([.. words.Skip(i).Take(end - i)]));
            i = end;
        }

        return options;
    }

    private static CdkOption Of(IReadOnlyList<string> words)
    {
        var first = words[0];
        if (!IsOption(first))
        {
            throw LadingException.Usage(
                "Could not read the options for cdk",
                $"'{first}' stands before the first of them",
                "Write stacks before --, and options for cdk after it: lading deploy Storefront --env dev -- --require-approval never"
            );
        }

        var text = first.TrimStart('-');
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        name = name.StartsWith("no-", StringComparison.Ordinal) ? name[3..] : name;
        if (name.Length > 1 && !first.StartsWith("--", StringComparison.Ordinal))
        {
            // -vv is -v twice; no others are combined.
            name = name[..1];
        }

        return new CdkOption(
            first.StartsWith("--", StringComparison.Ordinal) ? name : LongNames.GetValueOrDefault(name, name),
            equals >= 0 ? text[(equals + 1)..] : words.Skip(1).FirstOrDefault(),
            words
        );
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';
}
