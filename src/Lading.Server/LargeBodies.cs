namespace Lading.Server;

/// <summary>Limits the bodies that are held in memory.</summary>
/// <remarks>
/// A signature over a body cannot be verified before the body has arrived. Such bodies have a separate limit, so that
/// unverified senders do not delay verified ones.
/// </remarks>
internal sealed class LargeBodies : IDisposable
{
    /// <summary>The number of concurrent bodies from verified senders.</summary>
    public const int MostProven = 16;

    /// <summary>The number of concurrent bodies from other senders.</summary>
    public const int MostUnproven = 4;

    private readonly SemaphoreSlim proven = new(MostProven);
    private readonly SemaphoreSlim unproven = new(MostUnproven);

    /// <summary>The limit for verified or for other senders.</summary>
    public SemaphoreSlim Turns(bool isProven) => isProven ? proven : unproven;

    public void Dispose()
    {
        proven.Dispose();
        unproven.Dispose();
    }
}
