namespace Lading.Leases;

/// <summary>Receives events about leases.</summary>
internal interface ILeaseProgress
{
    /// <summary>Leases can be neither read nor written: the work continues without.</summary>
    void Unleased(LadingException reason);

    /// <summary>Somebody's lease was taken over, as requested.</summary>
    void Stole(string stack, Lease from);

    /// <summary>Somebody has taken over ours.</summary>
    void Lost(string stack, Lease to);
}
