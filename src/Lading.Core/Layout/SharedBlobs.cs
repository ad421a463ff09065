using Lading.Oci;

namespace Lading.Layout;

/// <summary>Stores equal blobs of one store as one file with several names, if the disk supports that.</summary>
internal static class SharedBlobs
{
    /// <summary>Blobs of at least this size are looked up in other repositories before they are stored again.</summary>
    public const long SmallestSought = 1024 * 1024;

    /// <summary>Links a blob of another repository of the store into a repository.</summary>
    /// <param name="store">The store.</param>
    /// <param name="target">The repository.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="origin">A repository that is known to have it; null if none is.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>False if none has it, or it must be stored again.</returns>
    public static bool TryShare(
        LayoutStore store,
        ImageLayout target,
        Descriptor blob,
        RepositoryName? origin,
        CancellationToken cancellationToken
    )
    {
        if (origin is { } name && TryLink(store.TryOpen(name), target, blob))
        {
            return true;
        }

        return blob.Size >= SmallestSought
            && store.List(cancellationToken).Any(other => TryLink(store.TryOpen(other), target, blob));
    }

    private static bool TryLink(ImageLayout? holder, ImageLayout target, Descriptor blob) =>
        holder is not null
        && holder.Name != target.Name
        && holder.Blobs.Find(blob.Digest) == blob.Size
        && target.Blobs.TryLink(blob.Digest, holder.Blobs);
}
