using Lading.Locks;

namespace Lading.Shipping;

/// <summary>The outcome of publishing an image.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Locked">What the lock says of it.</param>
/// <param name="BytesSent">Bytes that went over the wire for it.</param>
/// <param name="BytesThere">Bytes that were there already, or were mounted.</param>
internal sealed record PublishedImage(PlannedImage Plan, LockedImage Locked, long BytesSent, long BytesThere)
{
    /// <summary>The aliases that stood on another image before, whose commit is known.</summary>
    public IReadOnlyList<MovedAlias> Moved { get; init; } = [];
}
