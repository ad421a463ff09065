using System.CommandLine;
using System.Text;
using Lading.Cli.Commands;

namespace Lading.Cli.Output;

/// <summary>
/// The help of a verb as the parser writes it, with some of its texts replaced, and with examples at the end.
/// </summary>
internal static class HelpText
{
    public static string Of(ParseResult parsed, string help)
    {
        var text = new StringBuilder(WithOwnTexts(help).TrimEnd()).Append("\n\n");
        var examples = HelpExamples.Of(VerbName.Of(parsed));
        if (examples.Count > 0)
        {
            text.Append("Examples:\n");
            HelpExamples.Write(text, examples);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string WithOwnTexts(string help) =>
        help.Replace("[[--] <additional arguments>...]]", "[-- <options for cdk>...]", StringComparison.Ordinal)
            .Replace("Additional Arguments:", "After --:", StringComparison.Ordinal)
            .Replace(
                "Arguments passed to the application that is being run.",
                "Options for cdk: those of 'cdk deploy' and 'cdk synth'.",
                StringComparison.Ordinal
            );
}
