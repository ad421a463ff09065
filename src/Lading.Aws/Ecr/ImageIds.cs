using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>The list of image identifiers in several operations.</summary>
internal static class ImageIds
{
    /// <summary>The maximum in one call.</summary>
    public const int Most = 100;

    /// <summary>The digest in <c>imageId</c> of a response; null if there is none.</summary>
    public static Digest? Find(JsonElement answer) =>
        Digest.TryParse(answer.FindText("imageId", "imageDigest"), out var digest) ? digest : null;

    public static void Write(
        Utf8JsonWriter json,
        IReadOnlyList<ManifestReference> images,
        IReadOnlyList<Digest>? owners = null
    )
    {
        json.WriteStartArray("imageIds");
        for (var i = 0; i < images.Count; i++)
        {
            json.WriteStartObject();
            if (images[i].Tag is { } tag)
            {
                json.WriteString("imageTag", tag.Name);
            }

            if ((images[i].Digest ?? owners?[i]) is { } digest)
            {
                json.WriteString("imageDigest", digest.ToString());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
