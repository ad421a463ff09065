using Lading.Oci;
using Lading.Server.Ecr.Images;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>What a lifecycle policy looks at in an image.</summary>
/// <param name="Image">The image and its tags.</param>
/// <param name="PushedAt">When it was pushed.</param>
/// <param name="Storage">Where it is stored, and since when.</param>
/// <param name="IsReferenced">True if an index of the repository names it: it stays as long as the index does.</param>
internal sealed record LifecycleImage(
    HeldImage Image,
    DateTimeOffset PushedAt,
    StorageClass Storage,
    bool IsReferenced = false
)
{
    public IReadOnlyList<Tag> Tags => Image.Tags;
}
