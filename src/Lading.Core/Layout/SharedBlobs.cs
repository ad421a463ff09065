using Lading.Oci;

namespace Lading.Layout;

/// <summary>Equal blobs of one store as one file with several names, where the disk gives files several names.</summary>
internal static class SharedBlobs
{
    /// <summary>A blob of as many bytes is looked for in other repositories before it is stored once more.</summary>
    public const long SmallestSought = 1024 * 1024;

    /// <summary>Gives a repository a blob that another one of its store has.</summary>
    /// <param name="store">The store.</param>
    /// <param name="target">The repository.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="origin">Who is known to have it; null if nobody is.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>False if nobody has it, or it has to be stored once more.</returns>
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
