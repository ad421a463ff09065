using Lading.Oci;
using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>What removing images freed: each blob once a repository, and only if no image that stays has it.</summary>
internal static class FreedSpace
{
    private static readonly KeepReason Stays = new(KeepRule.Hold, "");

    /// <summary>Counts it.</summary>
    /// <param name="repositories">The repositories as they were.</param>
    /// <param name="removed">What was removed.</param>
    /// <returns>Bytes; null if the blobs of an image were not read.</returns>
    public static long? Of(IEnumerable<StoredRepository> repositories, IEnumerable<PrunedImage> removed)
    {
        var gone = removed.ToLookup(
            image => image.Repository.ToString(),
            image => image.Digest,
            StringComparer.Ordinal
        );
        long? freed = 0;
        foreach (var repository in repositories)
        {
            HashSet<Digest> digests = [.. gone[repository.ToString()]];
            freed += FreedBytes.Of([
                .. repository.Images.Select(image => new ImageDecision(
                    image,
                    digests.Contains(image.Digest) ? [] : [Stays]
                )),
            ]);
        }

        return freed;
    }
}
