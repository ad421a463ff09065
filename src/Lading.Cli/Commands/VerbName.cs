using System.CommandLine;
using System.CommandLine.Parsing;

namespace Lading.Cli.Commands;

/// <summary>The name of a verb as users type it.</summary>
internal static class VerbName
{
    /// <summary>
    /// The name with its parents: <c>lading bases update</c>; <c>lading</c> alone if there is no verb.
    /// </summary>
    public static string Of(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = command.Parent)
        {
            names.Push(command.Command is RootCommand ? "lading" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
