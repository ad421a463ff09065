namespace Lading.Leases;

/// <summary>Is told what becomes of leases.</summary>
internal interface ILeaseProgress
{
    /// <summary>Leases can be neither read nor written: the work goes on without.</summary>
    void Unleased(LadingException reason);

    /// <summary>Somebody's lease was taken over, because that was asked for.</summary>
    void Stole(string stack, Lease from);

    /// <summary>Somebody has taken ours over.</summary>
    void Lost(string stack, Lease to);
}
