using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>The list of image identifiers that several operations take.</summary>
internal static class ImageIds
{
    /// <summary>The most that one call takes.</summary>
    public const int Most = 100;

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
