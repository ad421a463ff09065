using System.Runtime.InteropServices;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>Finds the images that somebody names: digests are compared with digests, hosts in their usual form.</summary>
internal sealed class NamedImages
{
    private readonly IReadOnlyList<ImageGraph> graphs;
    private readonly ILookup<RepositoryName, int> byName;
    private readonly Dictionary<string, string> usualHosts = new(StringComparer.Ordinal);

    public NamedImages(IReadOnlyList<ImageGraph> graphs)
    {
        this.graphs = graphs;
        byName = Enumerable.Range(0, graphs.Count).ToLookup(i => graphs[i].Repository.Name);
    }

    /// <summary>Each image that a name may mean: one, or several if it leaves open in which repository.</summary>
    public IEnumerable<GraphImage> Find(UsedImage used)
    {
        var host = used.Host is null ? null : UsualHost(used.Host);
        var candidates = used.Repository is { } name ? byName[name] : Enumerable.Range(0, graphs.Count);
        foreach (var graph in candidates.Where(i => host is null || graphs[i].Host == host))
        {
            if (used.Manifest == default)
            {
                // Somebody uses an image of this repository, and nobody knows which.
                foreach (var image in Enumerable.Range(0, graphs[graph].Count))
                {
                    yield return new GraphImage(graph, image);
                }
            }
            else if (graphs[graph].Find(used.Manifest) is { } found)
            {
                yield return new GraphImage(graph, found);
            }
        }
    }

    private string UsualHost(string host)
    {
        if (!usualHosts.TryGetValue(host, out var usual))
        {
            usualHosts[host] = usual = UsedImage.UsualHost(host);
        }

        return usual;
    }
}

/// <summary>An image of a graph, by their numbers.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GraphImage(int Graph, int Image);
