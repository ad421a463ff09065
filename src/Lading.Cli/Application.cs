using System.CommandLine;
using System.CommandLine.Help;
using Lading.Cli.Commands;
using Lading.Cli.Commands.Completion;
using Lading.Cli.Docker;
using Lading.Cli.Output;

namespace Lading.Cli;

/// <summary>The tool: parses the command line, runs the verb, turns failures into messages and exit codes.</summary>
internal sealed class Application(Host host)
{
    /// <summary>Runs one command line.</summary>
    /// <returns>0 success, 1 failure, 2 invalid usage or configuration, 3 a failed check, 130 cancelled.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var terminal = new Terminal(host);
        try
        {
            return args.Count > 0 && args[0] == DockerCommand.Name
                ? await new DockerProgram(host, terminal)
                    .RunAsync([.. args.Skip(1)], cancellationToken)
                    .ConfigureAwait(false)
                : await RunVerbAsync(args, terminal, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException failure)
        {
            terminal.Failed(failure);
            return (int)failure.Kind;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Narrate("cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            terminal.Failed(
                new LadingException(
                    "Could not use a file",
                    failure.Message,
                    failure is UnauthorizedAccessException
                        ? "Look at who owns it and who may write to it; 'lading doctor disk' looks at the disk."
                        : "'lading doctor disk' looks at the disk.",
                    innerException: failure
                )
            );
            return (int)FailureKind.Failed;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Users get a sentence; the stack trace only with --verbose.
            terminal.Failed(
                new LadingException(
                    "Could not go on",
                    $"{failure.GetType().Name}: {failure.Message}",
                    "This is a fault of Lading itself: please report it, with what --verbose shows.",
                    innerException: failure
                )
            );
            if (args.Any(word => word is "--verbose" or "-v"))
            {
                terminal.Narrate(failure.ToString());
            }

            return (int)FailureKind.Failed;
        }
    }

    private async Task<int> RunVerbAsync(
        IReadOnlyList<string> args,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var root = Verbs.Root(host, terminal, args);
        if (args.Count > 0 && args[0] == CompleteVerb.Name)
        {
            CompleteVerb.Run(host, root, [.. args.Skip(1)]);
            return 0;
        }

        var parsed = root.Parse(args.Count == 0 ? ["--help"] : args);
        if (DeployCommand.WithDashes(parsed, args) is { } dashed)
        {
            parsed = root.Parse(dashed);
        }

        if (parsed.Errors.Count > 0)
        {
            terminal.ShowUsageErrors(parsed);
            return (int)FailureKind.Usage;
        }

        if (parsed.Action is HelpAction && parsed.CommandResult.Command is RootCommand)
        {
            await host.Out.WriteAsync(RootHelp.Of(root)).ConfigureAwait(false);
            return 0;
        }

        using var help = new StringWriter();
        var streams = new InvocationConfiguration
        {
            Output = help,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var exitCode = await parsed.InvokeAsync(streams, cancellationToken).ConfigureAwait(false);
        // Not cancellable: the verb has finished, and its output must not be lost.
        var text = parsed.Action is HelpAction ? HelpText.Of(parsed, help.ToString()) : help.ToString();
        await host.Out.WriteAsync(text).ConfigureAwait(false);
        return exitCode;
    }
}
