namespace Lading.Leases;

/// <summary>Receives events about leases.</summary>
internal interface ILeaseProgress
{
    /// <summary>Leases can be neither read nor written: the work continues without them.</summary>
    void Unleased(LadingException reason);

    /// <summary>Somebody's lease was taken over, as requested.</summary>
    void Stole(string stack, Lease from);

    /// <summary>Somebody has taken over ours.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="to">Their lease.</param>
    /// <param name="selector">How a command line selects the stack's environment, for the commands in the message.</param>
    void Lost(string stack, Lease to, string selector);
}
