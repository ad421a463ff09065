using Lading.Rollbacks;
using Lading.Running.Evidence;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>Shows an update in progress, and its cancellation.</summary>
internal static class CancellationScreen
{
    public static void Show(Terminal terminal, RollbackEvidence evidence, string? who)
    {
        var since = UtcText.Minute(evidence.Stack.UpdatedAt ?? evidence.Stack.CreatedAt);
        terminal.ResultMarkup(
            Markup.Escape(
                $"  {(who is null ? $"{evidence.Stack.Name} has been in an update" : $"{who} has been updating {evidence.Stack.Name}")} since {since}. If you cancel that, CloudFormation restores what ran before{Release(evidence)}."
            )
        );
    }

    public static void Show(Terminal terminal, RollbackEvidence evidence, StackEvidence stack) =>
        terminal.ResultMarkup(
            stack.IsRolledBack
                ? $"  [green]Cancelled[/]: what ran before runs again{Markup.Escape($"{Release(evidence)}. lading status {evidence.Now.Selector} shows it.")}"
                : Markup.Escape(
                    $"  {stack.Name} is {stack.Status}{(stack.StatusReason.Length > 0 ? $": {stack.StatusReason}" : "")}. {(stack.Status.StartsWith("UPDATE_COMPLETE", StringComparison.Ordinal) ? "The update was done before it could be cancelled: run this again to go back from it." : "Run this again to see what to do.")}"
                )
        );

    private static string Release(RollbackEvidence evidence) =>
        evidence.Current is { } release ? $", #{release.Version}" : "";
}
