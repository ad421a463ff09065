using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>Orders removals so that each is safe. The calls of a batch run concurrently; between two batches the evidence is read again.</summary>
internal static class RemovalBatches
{
    /// <summary>The maximum number of calls between two reads of the evidence.</summary>
    public const int MostCalls = 20;

    /// <summary>Deeper than any nesting of indexes and referrers.</summary>
    private const int MaximumLevels = 32;

    /// <summary>Batches of calls: an image that refers to another is in an earlier batch.</summary>
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

    /// <summary>The length of the longest chain of references to an image: 0 if there is none. A bare referrer belongs to its subject.</summary>
    private static SortedDictionary<int, List<IReadOnlyList<StoredImage>>> LevelsOf(IEnumerable<StoredImage> images)
    {
        var ordered = images.ToList();
        var heads = RemovalCall.HeadsOf(ordered);
        var levels = heads.Values.Distinct().ToDictionary(head => head, _ => 0);
        // Each round settles a level. Only tags could form a cycle, which the limit ends.
        for (var (round, changed) = (0, true); changed && round < MaximumLevels; round++)
        {
            changed = false;
            foreach (var image in ordered)
            {
                var level = levels[heads[image.Digest]] + 1;
                foreach (
                    var named in MarkingPlan.NamedBy(image).Where(heads.ContainsKey).Select(digest => heads[digest])
                )
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

    /// <summary>Fills calls with groups of images; an image with more tags than a call takes has a call of its own.</summary>
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
