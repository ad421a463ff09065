using System.Runtime.InteropServices;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>Finds the images that a reference names, comparing hosts in their canonical form.</summary>
/// <param name="graphs">Repositories of one name, each in another registry.</param>
internal sealed class NamedImages(IReadOnlyList<ImageGraph> graphs)
{
    private readonly Dictionary<string, string> usualHosts = new(StringComparer.Ordinal);

    /// <summary>The images that a reference may stand for: one, or several if it names no registry.</summary>
    /// <param name="used">A reference to repositories of that name, or to any.</param>
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
                // Some image of this repository is in use, but which one is unknown.
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

/// <summary>An image of a graph, by number.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GraphImage(int Graph, int Image);
