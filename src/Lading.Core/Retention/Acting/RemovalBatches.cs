using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>
/// Removals in the order in which they are safe. The calls of a batch go at the same time; between two batches the evidence is
/// read again.
/// </summary>
internal static class RemovalBatches
{
    /// <summary>The most calls between two readings of the evidence.</summary>
    public const int MostCalls = 20;

    /// <summary>Puts them in order: what names another image goes in an earlier batch.</summary>
    public static IReadOnlyList<IReadOnlyList<RemovalCall>> Of(IEnumerable<RepositoryMarking> markings)
    {
        var waves = new SortedDictionary<int, List<RemovalCall>>();
        foreach (var marking in markings)
        {
            foreach (var (level, images) in LevelsOf(marking.ToDelete.Where(RemovalCall.CanName)))
            {
                if (!waves.TryGetValue(level, out var calls))
                {
                    waves[level] = calls = [];
                }

                calls.AddRange(Packed(images).Select(packed => new RemovalCall(marking.Repository, packed)));
            }
        }

        return [.. waves.Values.SelectMany(calls => calls.Chunk(MostCalls))];
    }

    /// <summary>How many others name an image, one after the other: 0 if none does.</summary>
    private static SortedDictionary<int, List<StoredImage>> LevelsOf(IEnumerable<StoredImage> ordered)
    {
        var levels = new Dictionary<Digest, int>();
        var images = new SortedDictionary<int, List<StoredImage>>();
        foreach (var image in ordered)
        {
            var level = levels.GetValueOrDefault(image.Digest);
            foreach (var named in MarkingPlan.NamedBy(image))
            {
                levels[named] = Math.Max(levels.GetValueOrDefault(named), level + 1);
            }

            if (!images.TryGetValue(level, out var same))
            {
                images[level] = same = [];
            }

            same.Add(image);
        }

        return images;
    }

    /// <summary>Fills calls with images; one with more tags than a call takes has a call of its own.</summary>
    private static IEnumerable<IReadOnlyList<StoredImage>> Packed(IEnumerable<StoredImage> images)
    {
        var call = new List<StoredImage>();
        var references = 0;
        foreach (var image in images)
        {
            var count = Math.Max(1, image.Tags.Count);
            if (call.Count > 0 && references + count > RemovalCall.Most)
            {
                yield return call;
                call = [];
                references = 0;
            }

            call.Add(image);
            references += count;
        }

        if (call.Count > 0)
        {
            yield return call;
        }
    }
}
