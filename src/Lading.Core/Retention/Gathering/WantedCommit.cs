using Lading.Configuration;

namespace Lading.Retention.Gathering;

/// <summary>A commit that git still points to, or that an image is held back at.</summary>
/// <param name="Name">What git resolves: the id of a commit, or of a tag that points to one.</param>
/// <param name="Reason">What points to it: <c>the tip of branch main</c>.</param>
internal sealed record WantedCommit(string Name, string Reason)
{
    /// <summary>
    /// The image that is held back at this commit, as defined today: the only one that the commit keeps; null if it
    /// keeps all.
    /// </summary>
    public ImageDefinition? Held { get; init; }

    /// <summary>The holds in the working tree's configuration, committed or not.</summary>
    public static IEnumerable<WantedCommit> HeldBy(LadingConfiguration configuration) =>
        configuration
            .Images.Values.Where(image => image.Hold is not null)
            .Select(image => new WantedCommit(image.Hold!.Revision, "lading.json") { Held = image });
}
