using System.CommandLine;
using System.CommandLine.Parsing;
using Lading.Cli.Output;

namespace Lading.Cli.Commands;

/// <summary>The host and output that verbs are created with.</summary>
internal sealed record VerbContext(Host Host, Terminal Terminal)
{
    /// <summary>Sets the action of a verb, which returns the exit code, or throws on failure.</summary>
    public void OnRun(Command command, Func<Invocation, CancellationToken, Task<int>> run) =>
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                RefuseUnknownOptions(parsed);
                return run(Invocation.Of(Host, Terminal, parsed), cancellationToken);
            }
        );

    /// <summary>
    /// Without this, a verb that takes any number of names would take an unknown option for a name; no name begins with
    /// a dash.
    /// </summary>
    private static void RefuseUnknownOptions(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet();
        var unknown = parsed
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-' && before.Contains(token));
        if (unknown is not null)
        {
            var verb = VerbName.Of(parsed);
            throw LadingException.Usage(
                "Could not read the command line",
                UsageErrors.UnknownOption(parsed, unknown.Value),
                $"'{verb} --help' shows what it takes."
            );
        }
    }
}
