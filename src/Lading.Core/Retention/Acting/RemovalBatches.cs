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

    /// <summary>Deeper than indexes of indexes, and what is about them, ever are.</summary>
    private const int MostLevels = 32;

    /// <summary>Puts them in order: what names another image goes in an earlier batch.</summary>
    public static IReadOnlyList<IReadOnlyList<RemovalCall>> Of(IEnumerable<RepositoryMarking> markings)
    {
        var waves = new SortedDictionary<int, List<RemovalCall>>();
        foreach (var marking in markings)
        {
            foreach (var (level, groups) in LevelsOf(marking.ToDelete.Where(RemovalCall.CanName)))
            {
                if (!waves.TryGetValue(level, out var calls))
                {
                    waves[level] = calls = [];
                }

                calls.AddRange(Packed(groups).Select(packed => new RemovalCall(marking.Repository, packed)));
            }
        }

        return [.. waves.Values.SelectMany(calls => calls.Chunk(MostCalls))];
    }

    /// <summary>How many others name an image, one after the other: 0 if none does. What is about an image, and bare, goes with it.</summary>
    private static SortedDictionary<int, List<IReadOnlyList<StoredImage>>> LevelsOf(IEnumerable<StoredImage> images)
    {
        var ordered = images.ToList();
        var heads = RemovalCall.HeadsOf(ordered);
        var levels = heads.Values.Distinct().ToDictionary(head => head, _ => 0);
        // Each round settles a level; what tags alone let go in circles ends all the same.
        for (var (round, changed) = (0, true); changed && round < MostLevels; round++)
        {
            changed = false;
            foreach (var image in ordered)
            {
                var level = levels[heads[image.Digest]] + 1;
                foreach (var named in MarkingPlan.NamedBy(image).Where(heads.ContainsKey).Select(one => heads[one]))
                {
                    if (named != heads[image.Digest] && levels[named] < level)
                    {
                        levels[named] = level;
                        changed = true;
                    }
                }
            }
        }

        var groups = new SortedDictionary<int, List<IReadOnlyList<StoredImage>>>();
        foreach (var group in ordered.GroupBy(image => heads[image.Digest]))
        {
            if (!groups.TryGetValue(levels[group.Key], out var same))
            {
                groups[levels[group.Key]] = same = [];
            }

            same.Add([.. group]);
        }

        return groups;
    }

    /// <summary>Fills calls with groups of images; one with more tags than a call takes has a call of its own.</summary>
    private static IEnumerable<IReadOnlyList<StoredImage>> Packed(IEnumerable<IReadOnlyList<StoredImage>> groups)
    {
        var call = new List<StoredImage>();
        var references = 0;
        foreach (var group in groups)
        {
            var count = group.Sum(image => Math.Max(1, image.Tags.Count));
            if (call.Count > 0 && references + count > RemovalCall.Most)
            {
                yield return call;
                call = [];
                references = 0;
            }

            call.AddRange(group);
            references += count;
        }

        if (call.Count > 0)
        {
            yield return call;
        }
    }
}
