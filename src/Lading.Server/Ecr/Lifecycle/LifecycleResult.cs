using System.Text.Json;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>What a rule would do with an image.</summary>
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
