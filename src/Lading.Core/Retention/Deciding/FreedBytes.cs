using Lading.Oci;

namespace Lading.Retention.Deciding;

/// <summary>The space that deleting some images of a repository would free.</summary>
internal static class FreedBytes
{
    /// <summary>Each blob once, and only if no remaining image has it; null if the blobs of an image are unknown.</summary>
    public static long? Of(IReadOnlyList<ImageDecision> decisions)
    {
        if (decisions.All(decision => decision.IsKept))
        {
            return 0;
        }

        if (decisions.Any(decision => decision.Image.Blobs is null))
        {
            return null;
        }

        var counted = new HashSet<Digest>();
        foreach (var blob in decisions.Where(decision => decision.IsKept).SelectMany(each => each.Image.Blobs!))
        {
            counted.Add(blob.Digest);
        }

        var bytes = 0L;
        foreach (var blob in decisions.Where(decision => !decision.IsKept).SelectMany(each => each.Image.Blobs!))
        {
            bytes += counted.Add(blob.Digest) ? blob.Size : 0;
        }

        return bytes;
    }

    /// <summary>The sizes of the deleted images; null if one is unknown.</summary>
    public static long? AtMost(IReadOnlyList<ImageDecision> decisions)
    {
        var bytes = 0L;
        foreach (var image in decisions.Where(decision => !decision.IsKept).Select(decision => decision.Image))
        {
            if ((image.Size ?? image.Blobs?.Sum(blob => blob.Size)) is not { } size)
            {
                return null;
            }

            bytes += size;
        }

        return bytes;
    }
}
