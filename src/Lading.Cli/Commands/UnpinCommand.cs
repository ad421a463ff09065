using System.CommandLine;
using Lading.Cli.Output;
using Lading.Projects;

namespace Lading.Cli.Commands;

/// <summary><c>lading unpin</c>: releases an image that <c>lading pin</c> holds back.</summary>
internal static class UnpinCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("unpin", "Releases an image that 'lading pin' holds back. Changes only lading.json.");
        var image = new Argument<string>("image") { Description = "The image's name in lading.json." };
        command.Arguments.Add(image);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var held = await new ImageHolds(invocation.Host.WorkingDirectory)
                    .ReleaseAsync(invocation.Value(image)!, cancellationToken)
                    .ConfigureAwait(false);
                HoldScreen.ShowReleased(invocation, held);
                return 0;
            }
        );
        return command;
    }
}
