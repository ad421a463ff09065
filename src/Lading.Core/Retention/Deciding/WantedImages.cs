using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>What somebody uses or wants, by the name of its repository, in the order in which it was told.</summary>
internal sealed class WantedImages
{
    private readonly Dictionary<RepositoryName, List<KeepReason>> byName = [];

    /// <param name="names">The repositories that are decided about.</param>
    /// <param name="uses">What is used or wanted.</param>
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
                // Only a digest is known: it may be in any of them.
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

    /// <summary>Why images of repositories of a name are kept; each names its image.</summary>
    public IReadOnlyList<KeepReason> Of(RepositoryName name) => byName[name];
}
