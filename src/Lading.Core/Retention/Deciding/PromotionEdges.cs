using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>Links images in a promotion's target registry to the same images in its origin.</summary>
internal sealed class PromotionEdges
{
    /// <summary>For each target repository: its origin repositories, and the target environment.</summary>
    private readonly List<(int Origin, string Target)>?[] origins;
    private readonly IReadOnlyList<ImageGraph> graphs;

    public PromotionEdges(IReadOnlyList<ImageGraph> graphs, IReadOnlyList<PromotionPath> paths)
    {
        this.graphs = graphs;
        origins = new List<(int, string)>?[graphs.Count];
        if (paths.Count == 0)
        {
            return;
        }

        var byName = Enumerable.Range(0, graphs.Count).ToLookup(i => graphs[i].Repository.Name);
        foreach (var path in paths)
        {
            var (from, to) = (UsedImage.UsualHost(path.OriginHost), UsedImage.UsualHost(path.TargetHost));
            foreach (var target in Enumerable.Range(0, graphs.Count).Where(i => from != to && graphs[i].Host == to))
            {
                foreach (var origin in byName[graphs[target].Repository.Name].Where(i => graphs[i].Host == from))
                {
                    (origins[target] ??= []).Add((origin, path.Target));
                }
            }
        }
    }

    /// <summary>The same image in each origin registry.</summary>
    public IEnumerable<(GraphImage Origin, string Target)> OriginsOf(GraphImage image)
    {
        if (origins[image.Graph] is not { } found)
        {
            yield break;
        }

        var digest = graphs[image.Graph][image.Image].Digest;
        foreach (var (origin, target) in found)
        {
            if (graphs[origin].Find(digest) is { } same)
            {
                yield return (new GraphImage(origin, same), target);
            }
        }
    }
}
