using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>
/// Reads image references, which stay as written, since pins and Dockerfiles refer to them in that form.
/// </summary>
internal static class ReferenceReader
{
    public static string Read(Field field, string reference)
    {
        if (field.Node.Kind == System.Text.Json.JsonValueKind.String && !ImageReference.TryParse(reference, out _))
        {
            field.RejectText("Expected the reference of an image, such as docker.io/library/busybox:1.36.");
        }

        return reference;
    }
}
