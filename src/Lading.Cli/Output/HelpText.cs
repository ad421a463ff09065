namespace Lading.Cli.Output;

/// <summary>Help as the parser writes it, with Lading's words where the parser's own say nothing.</summary>
internal static class HelpText
{
    public static string Of(string help) =>
        help.Replace("[[--] <additional arguments>...]]", "[-- <options for cdk>...]", StringComparison.Ordinal)
            .Replace("Additional Arguments:", "After --:", StringComparison.Ordinal)
            .Replace(
                "Arguments passed to the application that is being run.",
                "Options for cdk: those of 'cdk deploy' and 'cdk synth'.",
                StringComparison.Ordinal
            );
}
