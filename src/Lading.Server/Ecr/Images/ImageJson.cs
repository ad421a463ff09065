using System.Text;
using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>The form of an image with its manifest in responses (ECR API, <c>Image</c>).</summary>
internal static class ImageJson
{
    public static void WriteMembers(
        Utf8JsonWriter json,
        EcrCall call,
        ServedRepository repository,
        ImageId id,
        ManifestContent manifest
    )
    {
        call.WriteRepository(json, repository.Name);
        id.WriteMember(json);
        json.WriteString("imageManifest", Encoding.UTF8.GetString(manifest.Bytes.Span));
        json.WriteString("imageManifestMediaType", manifest.MediaType);
    }
}
