using System.CommandLine;
using Lading.Cli.Output;
using Lading.Projects;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary><c>lading promote FROM TO</c>: publishes to an environment that gets its images from another one.</summary>
internal static class PromoteCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "promote",
            "Copies images by digest from one environment to another; nothing is built."
        );
        var from = new Argument<string>("from") { Description = "The environment that has the images." };
        var to = new Argument<string>("to") { Description = "The environment that gets them." };
        command.Arguments.Add(from);
        command.Arguments.Add(to);
        var options = new PublishOptions();
        options.AddTo(command, withDirty: false);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
                var target = PromotionRoute.Between(project, invocation.Value(from)!, invocation.Value(to)!);
                using var workspace = invocation.OpenWorkspace(target);
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
