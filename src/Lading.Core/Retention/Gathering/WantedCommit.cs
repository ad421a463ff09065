using Lading.Configuration;
using Lading.Oci;

namespace Lading.Retention.Gathering;

/// <summary>A commit that git still leads to, or an image is held back at.</summary>
/// <param name="Name">What git finds it by: the id of a commit, or of a tag that leads to one.</param>
/// <param name="Reason">What leads to it: <c>the tip of branch main</c>.</param>
internal sealed record WantedCommit(string Name, string Reason)
{
    /// <summary>The only image of it that is wanted, which is held back there; null for all.</summary>
    public ImageDefinition? Held { get; init; }

    /// <summary>What the configuration of the working tree holds back, whether or not that is committed.</summary>
    public static IEnumerable<WantedCommit> HeldBy(LadingConfiguration configuration) =>
        configuration
            .Images.Values.Where(image => image.Hold is not null)
            .Select(image => new WantedCommit(image.Hold!.Revision, "lading.json") { Held = image });

    /// <summary>Whether it wants an image that it needs.</summary>
    public bool Wants(NeededImage image) => Held is null || Held.Name == image.Name;

    /// <summary>The image, as held back where it is wanted for that.</summary>
    public NeededImage Named(NeededImage image) =>
        Held is null ? image : image with { HeldAt = NeededImage.ShortOf(Name) };

    /// <summary>Whether something unknown about a repository is about what it wants.</summary>
    /// <param name="repository">Null for any.</param>
    public bool Concerns(RepositoryName? repository) =>
        Held is null || repository is null || repository == Held.Repository;
}
