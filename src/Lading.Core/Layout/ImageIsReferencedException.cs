using Lading.Oci;

namespace Lading.Layout;

/// <summary>A manifest or blob that is not removed, since another one that stays names it.</summary>
internal sealed class ImageIsReferencedException(Digest digest, Digest parent)
    : Exception($"{digest} belongs to {parent}, which is still here.")
{
    public Digest Parent { get; } = parent;
}
