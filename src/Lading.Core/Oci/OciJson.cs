using System.Text.Json.Serialization;

namespace Lading.Oci;

/// <summary>Source-generated JSON of the OCI documents: fast to start, and it survives trimming.</summary>
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(Descriptor))]
[JsonSerializable(typeof(ImageConfiguration))]
internal sealed partial class OciJson : JsonSerializerContext;
