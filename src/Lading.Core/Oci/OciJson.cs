using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lading.Oci;

/// <summary>Source-generated JSON of the OCI documents, for fast starts and trimming.</summary>
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(Descriptor))]
[JsonSerializable(typeof(ImageConfiguration))]
internal sealed partial class OciJson : JsonSerializerContext
{
    /// <summary>For writing, with <c>+</c> and letters of any language unescaped, as other programs write these documents.</summary>
    public static OciJson Plain { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
