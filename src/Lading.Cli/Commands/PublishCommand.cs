using System.CommandLine;
using Lading.Cli.Output;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary><c>lading publish</c>: publishes every image to the environment's registry, and pins it in the lock.</summary>
internal static class PublishCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "publish",
            "Builds what the registry lacks, pushes it, and writes the environment's lock."
        );
        var options = new PublishOptions();
        options.AddTo(command, withDirty: true);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                using var workspace = await invocation.OpenWorkspaceAsync(cancellationToken).ConfigureAwait(false);
                var screen = new ShippingScreen(invocation);
                await screen
                    .WatchAsync(
                        new Publication(workspace).RunAsync(options.Read(invocation), screen, cancellationToken)
                    )
                    .ConfigureAwait(false);
                return 0;
            }
        );
        return command;
    }
}
