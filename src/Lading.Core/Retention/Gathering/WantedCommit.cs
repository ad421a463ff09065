using Lading.Configuration;

namespace Lading.Retention.Gathering;

/// <summary>A commit that git still leads to, or an image is held back at.</summary>
/// <param name="Name">What git finds it by: the id of a commit, or of a tag that leads to one.</param>
/// <param name="Reason">What leads to it: <c>the tip of branch main</c>.</param>
internal sealed record WantedCommit(string Name, string Reason)
{
    /// <summary>The only image that is wanted of it, as it counts today, which is held back there; null for all.</summary>
    public ImageDefinition? Held { get; init; }

    /// <summary>What the configuration of the working tree holds back, whether or not that is committed.</summary>
    public static IEnumerable<WantedCommit> HeldBy(LadingConfiguration configuration) =>
        configuration
            .Images.Values.Where(image => image.Hold is not null)
            .Select(image => new WantedCommit(image.Hold!.Revision, "lading.json") { Held = image });
}
