using System.CommandLine;
using Lading.Cli.Output;

namespace Lading.Cli.Commands;

/// <summary>What a verb is created with.</summary>
internal sealed record VerbContext(Host Host, Terminal Terminal)
{
    /// <summary>Sets what a verb does. It returns the exit code; failures it throws.</summary>
    public void OnRun(Command command, Func<Invocation, CancellationToken, Task<int>> run) =>
        command.SetAction((parsed, cancellationToken) => run(Invocation.Of(Host, Terminal, parsed), cancellationToken));
}
