using System.Runtime.InteropServices;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>Finds the images that somebody names: digests are compared with digests, hosts in their usual form.</summary>
/// <param name="graphs">Repositories of one name, each of another registry.</param>
internal sealed class NamedImages(IReadOnlyList<ImageGraph> graphs)
{
    private readonly Dictionary<string, string> usualHosts = new(StringComparer.Ordinal);

    /// <summary>Each image that a name may mean: one, or several if it leaves open in which registry.</summary>
    /// <param name="used">An image in repositories of that name, or of any.</param>
    public IEnumerable<GraphImage> Find(UsedImage used)
    {
        var host = used.Host is null ? null : UsualHost(used.Host);
        for (var graph = 0; graph < graphs.Count; graph++)
        {
            if (host is not null && graphs[graph].Host != host)
            {
                continue;
            }

            if (used.Manifest == default)
            {
                // Somebody uses an image of this repository, and nobody knows which.
                for (var image = 0; image < graphs[graph].Count; image++)
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
