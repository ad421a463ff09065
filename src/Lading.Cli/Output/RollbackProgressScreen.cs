using Lading.Rollbacks;
using Lading.Running.Evidence;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>A rollback while it goes on, a line for each thing that happens.</summary>
internal sealed class RollbackProgressScreen(Terminal terminal) : IRollbackProgress
{
    /// <summary>Whether CloudFormation has been told to begin.</summary>
    public bool HasBegun { get; private set; }

    public void Preparing(string changeSet) => terminal.Narrate($"  making change set {changeSet}");

    public void Executing(ChangeSet changeSet)
    {
        terminal.Narrate(
            $"  it updates {string.Join(", ", changeSet.Changes.Select(change => change.LogicalId))}, and nothing else"
        );
        HasBegun = true;
    }

    public void Cancelling()
    {
        terminal.Narrate("  cancelling the update");
        HasBegun = true;
    }

    public void Happened(StackEvent happening) =>
        terminal.NarrateMarkup(
            Markup.Escape(
                $"  {happening.At.UtcDateTime:HH:mm:ss}  {happening.LogicalId}  {happening.Status}{(happening.Reason.Length > 0 ? $"  {happening.Reason}" : "")}"
            )
        );

    public void Verifying() => terminal.Narrate("  CloudFormation is done; looking at what runs");

    public void Forced(IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons)
        {
            terminal.Warn($"{reason} (--force)");
        }
    }
}
