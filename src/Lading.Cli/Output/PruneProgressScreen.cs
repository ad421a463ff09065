using Lading.Retention.Acting;

namespace Lading.Cli.Output;

/// <summary>The progress of <c>prune --apply</c>: a line for each step, and after every 500 tags.</summary>
internal sealed class PruneProgressScreen(Terminal terminal) : IPruneProgress
{
    private const int TagInterval = 500;

    public void Tagged(int done, int total)
    {
        if (done % TagInterval == 0 && done < total)
        {
            terminal.Narrate(FormattableString.Invariant($"  {done} of {total} tags put"));
        }
    }

    public void ReadingAgain() => terminal.Narrate("  reading again who uses images, before any is deleted");

    public void Removed(int done, int total) =>
        terminal.Narrate(FormattableString.Invariant($"  {done} of {total} images gone"));
}
