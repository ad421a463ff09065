using Lading.Leases;

namespace Lading.Cli.Output;

/// <summary>Warns of problems with leases.</summary>
internal sealed class LeaseScreen(Terminal terminal) : ILeaseProgress
{
    public void Unleased(LadingException reason) =>
        terminal.Note($"these stacks are not locked meanwhile: {Sentences.Of(reason.CameBack, reason.Remedy)}");

    public void Stole(string stack, Lease from) =>
        terminal.Warn(
            $"took {stack} over from {from.Holder}, who has been working on it since {UtcText.Minute(from.Since)} ({from.Activity}). What they started continues."
        );

    public void Lost(string stack, Lease to, string selector) =>
        terminal.Warn(
            $"{to.Holder} has taken {stack} over ({to.Activity}). What was started here continues. Before you do more, see what runs: lading status {selector}"
        );
}
