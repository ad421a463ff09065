using Lading.Oci;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>One rule of a lifecycle policy (ECR user guide, "Lifecycle policy properties").</summary>
/// <param name="Priority">Rules with lower numbers come first.</param>
/// <param name="TagStatus">tagged, untagged or any.</param>
/// <param name="Patterns">Wildcard patterns, each of which a tag of the image must match; none unless it is tagged.</param>
/// <param name="Archived">Whether it looks at images in the archive, or at the others.</param>
/// <param name="Count">How it tells the images that it acts on.</param>
/// <param name="Number">Images, or days.</param>
/// <param name="Transitions">True: to the archive. False: they expire.</param>
internal sealed record LifecycleRule(
    int Priority,
    string TagStatus,
    IReadOnlyList<string> Patterns,
    bool Archived,
    LifecycleCount Count,
    int Number,
    bool Transitions
)
{
    /// <summary>Whether it is about an image, by its tags.</summary>
    public bool Selects(LifecycleImage image) =>
        TagStatus switch
        {
            "untagged" => image.Tags.Count == 0,
            "tagged" => Patterns.All(pattern => image.Tags.Any(tag => TagFilter.Matches(pattern, tag))),
            _ => true,
        };

    /// <summary>Those of the images that it is about which it acts on.</summary>
    public IEnumerable<LifecycleImage> Due(IEnumerable<LifecycleImage> images, DateTimeOffset now)
    {
        var limit = now - TimeSpan.FromDays(Number);
        return Count switch
        {
            LifecycleCount.ImageCountMoreThan => images.OrderByDescending(image => image.PushedAt).Skip(Number),
            LifecycleCount.SinceImageTransitioned => images.Where(image => image.Storage.ArchivedAt < limit),
            _ => images.Where(image => image.PushedAt < limit),
        };
    }
}

/// <summary>By what a rule tells the images that it acts on from those that it leaves.</summary>
internal enum LifecycleCount
{
    /// <summary>All but the newest so many.</summary>
    ImageCountMoreThan,

    /// <summary>Pushed more than so many days ago.</summary>
    SinceImagePushed,

    /// <summary>Pulled, or pushed where it never was, more than so many days ago.</summary>
    SinceImagePulled,

    /// <summary>In the archive for more than so many days.</summary>
    SinceImageTransitioned,
}
