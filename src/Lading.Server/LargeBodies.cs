namespace Lading.Server;

/// <summary>The turns of bodies that are held in memory whole.</summary>
/// <remarks>
/// A signature that covers a body the registry has not seen yet is not proven before all of it came. Such bodies have
/// turns of their own, so that whoever only claims to be somebody keeps nobody waiting who is.
/// </remarks>
internal sealed class LargeBodies : IDisposable
{
    /// <summary>As many at once of those whose senders are known.</summary>
    public const int MostProven = 16;

    /// <summary>As many at once of the others.</summary>
    public const int MostUnproven = 4;

    private readonly SemaphoreSlim proven = new(MostProven);
    private readonly SemaphoreSlim unproven = new(MostUnproven);

    /// <summary>The turns of one kind.</summary>
    public SemaphoreSlim Turns(bool isProven) => isProven ? proven : unproven;

    public void Dispose()
    {
        proven.Dispose();
        unproven.Dispose();
    }
}
