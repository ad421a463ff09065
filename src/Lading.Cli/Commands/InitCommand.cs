using System.CommandLine;
using Lading.Cli.Output;
using Lading.Initializing;

namespace Lading.Cli.Commands;

/// <summary><c>lading init</c>: writes a first <c>lading.json</c> from what it finds in the repository. Never overwrites one.</summary>
internal static class InitCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "init",
            "Finds Dockerfiles and the CDK app, and writes a first lading.json next to cdk.json."
        );
        var offline = new Option<bool>("--offline") { Description = "Ask no registry; do not pin bases yet." };
        var write = new Option<bool>("--write")
        {
            Description = "Apply the two changes to the app that 'init' shows: an import and the synthesizer.",
        };
        command.Options.Add(offline);
        command.Options.Add(write);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var request = new InitRequest(
                    invocation.Host.WorkingDirectory,
                    Offline: invocation.Value(offline),
                    EditsApp: invocation.Value(write)
                );
                var outcome = await new Initialization(invocation.OpenWorkspace)
                    .RunAsync(request, cancellationToken)
                    .ConfigureAwait(false);
                InitScreen.Show(invocation, outcome);
                return 0;
            }
        );
        return command;
    }
}
