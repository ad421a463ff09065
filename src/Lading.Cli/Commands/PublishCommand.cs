using System.CommandLine;

namespace Lading.Cli.Commands;

/// <summary><c>lading publish</c>: puts every image into the environment's registry, and pins it in the lock.</summary>
internal static class PublishCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "publish",
            "Builds what is missing in the registry, pushes it, and writes the environment's lock."
        );
        var options = new PublishOptions();
        options.AddTo(command, withDirty: true);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var project = await Project.FindAsync(invocation, cancellationToken).ConfigureAwait(false);
                await Publication
                    .RunAsync(invocation, project, options.Read(invocation), cancellationToken)
                    .ConfigureAwait(false);
                return 0;
            }
        );
        return command;
    }
}
