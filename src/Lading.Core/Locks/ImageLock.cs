namespace Lading.Locks;

/// <summary>The lock of an environment: the digest of each image, written by <c>publish</c> and <c>resolve</c>.</summary>
/// <param name="Environment">The environment's name in <c>lading.json</c>.</param>
/// <param name="Images">By name, in byte order.</param>
public sealed record ImageLock(string Environment, IReadOnlyDictionary<string, LockedImage> Images)
{
    internal static ImageLock Of(string environment, IEnumerable<(string Name, LockedImage Image)> images) =>
        new(environment, Sorted(images));

    /// <summary>The lock after some images were confirmed: other entries keep their previous content.</summary>
    /// <param name="known">The previous lock; null if there is none.</param>
    /// <param name="defined">The names in <c>lading.json</c>: images that are no longer defined are removed.</param>
    internal ImageLock Keeping(ImageLock? known, IEnumerable<string> defined)
    {
        var kept =
            from name in defined
            where known?.Images.ContainsKey(name) == true && !Images.ContainsKey(name)
            select (name, known!.Images[name]);
        return Of(Environment, Images.Select(pair => (pair.Key, pair.Value)).Concat(kept));
    }

    private static SortedDictionary<string, LockedImage> Sorted(IEnumerable<(string Name, LockedImage Image)> images)
    {
        var sorted = new SortedDictionary<string, LockedImage>(StringComparer.Ordinal);
        foreach (var (name, image) in images)
        {
            sorted.Add(name, image);
        }

        return sorted;
    }
}
