using Lading.Oci;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>One rule of a lifecycle policy (ECR user guide, "Lifecycle policy properties").</summary>
/// <param name="Priority">Rules with lower numbers come first.</param>
/// <param name="TagStatus">tagged, untagged or any.</param>
/// <param name="Patterns">Wildcard patterns, each of which a tag of the image must match; empty unless the status is tagged.</param>
/// <param name="Archived">Whether it selects archived images, or active ones.</param>
/// <param name="Count">The condition for the selected images.</param>
/// <param name="Number">The number of images or days in the condition.</param>
/// <param name="Transitions">True if they are archived, false if they expire.</param>
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
    /// <summary>Whether it selects an image, by its tags.</summary>
    public bool Selects(LifecycleImage image) =>
        TagStatus switch
        {
            "untagged" => image.Tags.Count == 0,
            "tagged" => Patterns.All(pattern => image.Tags.Any(tag => TagFilter.Matches(pattern, tag))),
            _ => true,
        };

    /// <summary>The selected images that meet the condition.</summary>
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

/// <summary>The conditions of rules.</summary>
internal enum LifecycleCount
{
    /// <summary>All but this many of the newest.</summary>
    ImageCountMoreThan,

    /// <summary>Pushed more than this many days ago.</summary>
    SinceImagePushed,

    /// <summary>Pulled, or if never pulled, pushed, more than this many days ago.</summary>
    SinceImagePulled,

    /// <summary>Archived for more than this many days.</summary>
    SinceImageTransitioned,
}
