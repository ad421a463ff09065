using Lading.Locks;

namespace Lading.Shipping;

/// <summary>The result of publishing an image.</summary>
/// <param name="Plan">The plan for it.</param>
/// <param name="Locked">Its entry in the lock.</param>
/// <param name="BytesSent">Bytes that were transferred for it.</param>
/// <param name="BytesThere">Bytes that the target already had, or mounted.</param>
internal sealed record PublishedImage(PlannedImage Plan, LockedImage Locked, long BytesSent, long BytesThere)
{
    /// <summary>The aliases that pointed to another image with a known commit before.</summary>
    public IReadOnlyList<MovedAlias> Moved { get; init; } = [];
}
