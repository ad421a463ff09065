namespace Lading.Deploying;

/// <summary>The user's options for cdk: which apply to <c>cdk synth</c>, which to <c>cdk deploy</c>, and which Lading handles.</summary>
internal sealed record CdkOptions
{
    // Lading passes these itself.
    private static readonly string[] HandledOptions = ["app", "output", "profile", "region", "all"];

    // For 'cdk synth': they change the output of the app.
    private static readonly string[] SynthesisOptions =
    [
        "context",
        "build",
        "strict",
        "lookups",
        "debug-app",
        "version-reporting",
        "path-metadata",
        "asset-metadata",
        "staging",
        "validation",
    ];

    // For both commands, with the same meaning.
    private static readonly string[] SharedOptions =
    [
        "exclusively",
        "plugin",
        "trace",
        "verbose",
        "debug",
        "debug-cli",
        "proxy",
        "ca-bundle-path",
        "ec2creds",
        "role-arn",
        "notices",
        "color",
        "ci",
        "unstable",
    ];

    // These take no value: a word after one of them is a misplaced stack name.
    private static readonly string[] Flags =
    [
        "strict",
        "lookups",
        "debug-app",
        "version-reporting",
        "path-metadata",
        "asset-metadata",
        "staging",
        "validation",
        "exclusively",
        "trace",
        "verbose",
        "debug",
        "debug-cli",
        "ec2creds",
        "notices",
        "color",
        "ci",
        "all",
        "execute",
        "force",
        "rollback",
        "hotswap",
        "hotswap-fallback",
        "yes",
        "previous-parameters",
        "asset-prebuild",
        "ignore-no-stacks",
        "import-existing-resources",
        "revert-drift",
    ];

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["watch"] = "it synthesizes again, and would deploy what nobody checked: run 'cdk watch' on your own stack",
        ["ignore-errors"] = "it deploys templates that the app itself says are wrong",
        ["env"] = "it is Lading's: write it before --",
        ["help"] = "'cdk deploy --help' shows them",
    };

    /// <summary>For <c>cdk synth</c>.</summary>
    public IReadOnlyList<string> Synthesis { get; private init; } = [];

    /// <summary>For <c>cdk deploy</c>; for <c>cdk diff</c> only if <see cref="Shared"/>.</summary>
    public IReadOnlyList<string> Deployment { get; private init; } = [];

    /// <summary>For any command.</summary>
    public IReadOnlyList<string> Shared { get; private init; } = [];

    /// <summary>The app's command, or the folder of an assembly; null for the one in <c>cdk.json</c>.</summary>
    public string? App { get; private init; }

    /// <summary>The output folder for the assembly; null for <c>cdk.out</c>.</summary>
    public string? Output { get; private init; }

    public string? Profile { get; private init; }

    public string? Region { get; private init; }

    /// <summary>Whether to skip the stacks that a stack depends on.</summary>
    public bool IsExclusive { get; private init; }

    /// <summary>Whether only a change set is created.</summary>
    public bool IsPreparing { get; private init; }

    /// <summary>Whether services may be hotswapped, so they differ from their stack.</summary>
    public bool IsHotswap { get; private init; }

    /// <summary>How cdk shows progress: <c>bar</c> or <c>events</c>; null if the user does not say.</summary>
    public string? Progress { get; private init; }

    /// <summary>Sorts the words after <c>--</c>.</summary>
    /// <exception cref="LadingException">An option is refused, or a word is not an option.</exception>
    public static CdkOptions Read(IReadOnlyList<string> words)
    {
        var options = CdkOption.Read(words);
        foreach (var option in options)
        {
            if (Refused.TryGetValue(option.Name, out var reason))
            {
                throw LadingException.Usage($"Could not pass {option.Words[0]} on to cdk", reason);
            }

            if (Flags.Contains(option.Name) && option.Words is [_, var stray, ..] && stray is not ("true" or "false"))
            {
                throw LadingException.Usage(
                    "Could not read the options for cdk",
                    $"{option.Words[0]} takes no value, and '{stray}' stands after it",
                    "Write stacks before --."
                );
            }
        }

        var passed = options.Where(option => !HandledOptions.Contains(option.Name)).ToList();
        return new CdkOptions
        {
            Synthesis = WordsOf(option =>
                SynthesisOptions.Contains(option.Name) || SharedOptions.Contains(option.Name)
            ),
            Deployment = WordsOf(option => !SynthesisOptions.Contains(option.Name)),
            Shared = WordsOf(option => SharedOptions.Contains(option.Name)),
            App = ValueOf("app"),
            Output = ValueOf("output"),
            Profile = ValueOf("profile"),
            Region = ValueOf("region"),
            IsExclusive = passed.Exists(option => option.Name == "exclusively"),
            IsHotswap = passed.Exists(option =>
                option.Name is "hotswap" or "hotswap-fallback"
                && option.Value != "false"
                && !option.Words[0].StartsWith("--no-", StringComparison.Ordinal)
            ),
            Progress = passed.LastOrDefault(option => option.Name == "progress")?.Value,
            IsPreparing = passed.Exists(option =>
                option is { Name: "method", Value: "prepare-change-set" }
                || option.Words[0] == "--no-execute"
                || option is { Name: "execute", Value: "false" }
            ),
        };

        List<string> WordsOf(Func<CdkOption, bool> isWanted) =>
            [.. passed.Where(isWanted).SelectMany(option => option.Words)];

        string? ValueOf(string name)
        {
            var option = options.LastOrDefault(option => option.Name == name);
            return option is null || option.Value is { Length: > 0 }
                ? option?.Value
                : throw LadingException.Usage(
                    "Could not read the options for cdk",
                    $"{option.Words[0]} lacks its value"
                );
        }
    }
}
