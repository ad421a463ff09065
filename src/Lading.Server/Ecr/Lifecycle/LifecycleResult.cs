using System.Text.Json;
using Lading.Oci;
using Lading.Server.Ecr.Images;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>The effect of a rule on an image.</summary>
internal sealed record LifecycleResult(LifecycleImage Image, LifecycleRule Rule)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteList("imageTags", Image.Tags, tag => json.WriteStringValue(tag.Name));
        json.WriteString("imageDigest", Image.Image.Digest.ToString());
        json.WriteTime("imagePushedAt", Image.PushedAt);
        json.WriteStartObject("action");
        json.WriteString("type", Rule.Transitions ? "TRANSITION" : "EXPIRE");
        if (Rule.Transitions)
        {
            json.WriteString("targetStorageClass", "ARCHIVE");
        }

        json.WriteEndObject();
        json.WriteNumber("appliedRulePriority", Rule.Priority);
        json.WriteString("storageClass", Image.Storage.IsArchived ? "ARCHIVE" : "STANDARD");
        json.WriteEndObject();
    }
}

/// <summary>The properties of an image that a lifecycle policy considers.</summary>
/// <param name="Image">The image and its tags.</param>
/// <param name="PushedAt">When it was pushed.</param>
/// <param name="Storage">Its storage class, and since when.</param>
/// <param name="IsReferenced">True if an index of the repository contains it: it stays as long as the index does.</param>
internal sealed record LifecycleImage(
    HeldImage Image,
    DateTimeOffset PushedAt,
    StorageClass Storage,
    bool IsReferenced = false
)
{
    public IReadOnlyList<Tag> Tags => Image.Tags;
}
