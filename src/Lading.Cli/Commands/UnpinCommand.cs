using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;

namespace Lading.Cli.Commands;

/// <summary><c>lading unpin</c>: ends a <c>lading pin</c>.</summary>
internal static class UnpinCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("unpin", "Releases an image that 'lading pin' holds back. Changes only lading.json.");
        var image = new Argument<string>("image") { Description = "The image's name in lading.json." };
        command.Arguments.Add(image);
        context.OnRun(
            command,
            (invocation, cancellationToken) => RunAsync(invocation, invocation.Value(image)!, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string name, CancellationToken cancellationToken)
    {
        var file = ConfigurationFile.Get(invocation.Host.WorkingDirectory);
        var configuration = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        var hold = configuration.GetImage(name).Hold;
        var changed = await file.ChangeAsync(
                json => ConfigurationEdit.SetHold(json, file.DisplayPath, name, hold: null),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(HoldDocument.Of(name, hold: null, changed));
        }
        else if (hold is null)
        {
            invocation.Terminal.Result($"  {name} is not held back");
        }
        else
        {
            invocation.Terminal.Result(
                $"  {name} is no longer held at {Identifiers.Commit(hold.Revision)} ({hold.Reason})"
            );
            invocation.Terminal.Narrate($"  Review the change of {file.DisplayPath} and commit it.");
        }

        return 0;
    }
}
