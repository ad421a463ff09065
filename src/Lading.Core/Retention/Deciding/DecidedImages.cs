using System.Collections;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>The decisions on the images of a repository. Each is created on access, like the image.</summary>
internal sealed class DecidedImages : IReadOnlyList<ImageDecision>
{
    private readonly IReadOnlyList<StoredImage> images;
    private readonly IReadOnlyList<KeepReason>?[] reasons;

    /// <param name="images">The images.</param>
    /// <param name="reasons">Why each is kept, the strongest reason first; null for images that may be deleted.</param>
    public DecidedImages(IReadOnlyList<StoredImage> images, IReadOnlyList<KeepReason>?[] reasons)
    {
        this.images = images;
        this.reasons = reasons;
        Kept = reasons.Count(each => each is not null);
    }

    public int Count => reasons.Length;

    /// <summary>The number of kept images.</summary>
    public int Kept { get; }

    public ImageDecision this[int index] => new(images[index], reasons[index] ?? []);

    public IEnumerator<ImageDecision> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
