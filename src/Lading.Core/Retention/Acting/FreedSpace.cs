using Lading.Oci;
using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>The space that removing images freed.</summary>
/// <param name="Bytes">Each blob once per repository, and only if no remaining image has it; null if the blobs of an image were not read.</param>
/// <param name="AtMost">With shared blobs counted for each image; null if the size of one is unknown.</param>
internal sealed record FreedSpace(long? Bytes, long? AtMost)
{
    private static readonly KeepReason NotRemoved = new(KeepRule.Hold, "");

    /// <summary>Computes the space.</summary>
    /// <param name="repositories">The repositories before the removal.</param>
    /// <param name="removed">The removed images.</param>
    public static FreedSpace Of(IEnumerable<StoredRepository> repositories, IEnumerable<PrunedImage> removed)
    {
        var removedDigests = removed.ToLookup(
            image => image.Repository.ToString(),
            image => image.Digest,
            StringComparer.Ordinal
        );
        var (freed, most) = ((long?)0, (long?)0);
        foreach (var repository in repositories)
        {
            HashSet<Digest> digests = [.. removedDigests[repository.ToString()]];
            List<ImageDecision> decisions =
            [
                .. repository.Images.Select(image => new ImageDecision(
                    image,
                    digests.Contains(image.Digest) ? [] : [NotRemoved]
                )),
            ];
            freed += FreedBytes.Of(decisions);
            most += FreedBytes.AtMost(decisions);
        }

        return new FreedSpace(freed, most);
    }
}
