using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>The list of image identifiers that several operations take.</summary>
internal static class ImageIds
{
    /// <summary>The most that one call takes.</summary>
    public const int Most = 100;

    /// <summary>What <c>imageId</c> of an answer names: its tag, else its digest; null if it has neither.</summary>
    public static ManifestReference? Find(JsonElement answer) =>
        ManifestReference.TryParse(answer.FindText("imageId", "imageTag"), out var tag) ? tag
        : ManifestReference.TryParse(answer.FindText("imageId", "imageDigest"), out var digest) ? digest
        : null;

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ManifestReference> images)
    {
        json.WriteStartArray("imageIds");
        foreach (var image in images)
        {
            json.WriteStartObject();
            if (image.Tag is { } tag)
            {
                json.WriteString("imageTag", tag.Name);
            }
            else
            {
                json.WriteString("imageDigest", image.Digest.ToString());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
