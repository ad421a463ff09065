using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>The reasons to keep images, by repository name, in the order in which their uses were reported.</summary>
internal sealed class WantedImages
{
    private readonly Dictionary<RepositoryName, List<KeepReason>> byName = [];

    /// <param name="names">The repositories to decide about.</param>
    /// <param name="uses">The uses.</param>
    public WantedImages(IEnumerable<RepositoryName> names, IEnumerable<ImageUse> uses)
    {
        foreach (var name in names)
        {
            byName.TryAdd(name, []);
        }

        foreach (var use in uses)
        {
            var reason = new KeepReason(KeepRule.Use, use.Reason, use);
            if (use.Image.Repository is not { } name)
            {
                // Only a digest is known: it may be in any repository.
                foreach (var all in byName.Values)
                {
                    all.Add(reason);
                }
            }
            else if (byName.TryGetValue(name, out var known))
            {
                known.Add(reason);
            }
        }
    }

    /// <summary>The reasons to keep images of repositories with a given name; each has its image.</summary>
    public IReadOnlyList<KeepReason> Of(RepositoryName name) => byName[name];
}
