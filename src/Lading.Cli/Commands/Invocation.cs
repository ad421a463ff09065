using System.CommandLine;
using Lading.Cli.Output;
using Lading.Launching;

namespace Lading.Cli.Commands;

/// <summary>One run of a verb: the parsed command line, and the tool's environment.</summary>
internal sealed record Invocation(Host Host, Terminal Terminal, ParseResult Parsed)
{
    /// <summary>Whether this is a step of another verb, which shows the result itself.</summary>
    public bool IsPart { get; private init; }

    /// <summary>The value of <c>--env</c>, otherwise of <c>LADING_ENV</c>; null if neither is set.</summary>
    public string? EnvironmentName =>
        Parsed.GetValue(GlobalOptions.Environment) ?? Host.Variable(CdkVariables.Environment);

    /// <summary>Whether the result is one JSON document; false for a step of another verb.</summary>
    public bool Json => !IsPart && Parsed.GetValue(GlobalOptions.Output) == OutputForm.Json;

    /// <summary>The same run as a step of another verb: its result is narrated on standard error.</summary>
    public Invocation AsPart()
    {
        var host = Host with { Out = Host.Error, OutIsTerminal = Host.ErrorIsTerminal };
        return new Invocation(host, new Terminal(host), Parsed) { IsPart = true };
    }

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
            : throw LadingException.Usage(
                $"Could not work in {folder}",
                File.Exists(full) ? "it is a file, not a folder" : "the folder does not exist"
            );
    }
}
