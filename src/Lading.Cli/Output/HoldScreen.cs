using Lading.Cli.Commands;
using Lading.Projects;

namespace Lading.Cli.Output;

/// <summary>The output of <c>pin</c> and <c>unpin</c>.</summary>
internal static class HoldScreen
{
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="held">The image.</param>
    /// <param name="revision">The revision as given.</param>
    public static void ShowHeld(Invocation invocation, HoldChange held, string revision)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Result(HoldDocument.Of(held.Name, held.Hold, held.IsChange));
            return;
        }

        var past = held.Past!;
        terminal.Result($"  {held.Name} is held at {ShortCommit.Of(held.Hold!.Revision)} \"{past.Subject}\"");
        if (past.HeldAt is { } heldAt)
        {
            terminal.Narrate(
                $"  ({revision} is {ShortCommit.Of(heldAt.ToString())}, where it was itself held at that commit.)"
            );
        }

        terminal.Narrate(
            held.IsChange
                ? $"  Review the change of {held.File} and commit it. 'lading unpin {held.Name}' ends it."
                : $"  {held.File} is unchanged."
        );
    }

    public static void ShowReleased(Invocation invocation, HoldChange held)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Result(HoldDocument.Of(held.Name, hold: null, held.IsChange));
        }
        else if (held.Hold is not { } hold)
        {
            terminal.Result($"  {held.Name} is not held back");
        }
        else
        {
            terminal.Result($"  {held.Name} is no longer held at {ShortCommit.Of(hold.Revision)} ({hold.Reason})");
            terminal.Narrate($"  Review the change of {held.File} and commit it.");
        }
    }
}
