using System.CommandLine;
using Lading.Cli.Output;

namespace Lading.Cli.Commands;

/// <summary>One run of a verb: the values of the command line, and what it runs in.</summary>
internal sealed record Invocation(Host Host, Terminal Terminal, ParseResult Parsed)
{
    /// <summary>What <c>--env</c> says, else <c>LADING_ENV</c>; null where neither does.</summary>
    public string? EnvironmentName => Parsed.GetValue(GlobalOptions.Environment) ?? Host.Variable("LADING_ENV");

    public bool Json => Parsed.GetValue(GlobalOptions.Output) == OutputForm.Json;

    public bool Verbose => Parsed.GetValue(GlobalOptions.Verbose);

    public T? Value<T>(Option<T> option) => Parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => Parsed.GetValue(argument);

    internal static Invocation Of(Host host, Terminal terminal, ParseResult parsed)
    {
        var folder = parsed.GetValue(GlobalOptions.Directory);
        if (folder is null)
        {
            return new Invocation(host, terminal, parsed);
        }

        var full = Path.GetFullPath(folder, host.WorkingDirectory);
        return Directory.Exists(full)
            ? new Invocation(host with { WorkingDirectory = full }, terminal, parsed)
            : throw LadingException.Usage($"Could not work in {folder}", "there is no such folder");
    }
}
