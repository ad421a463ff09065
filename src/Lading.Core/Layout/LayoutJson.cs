using System.Text.Json.Serialization;

namespace Lading.Layout;

[JsonSerializable(typeof(RepositoryRecord))]
[JsonSerializable(typeof(IReadOnlyList<DockerArchiveEntry>))]
internal sealed partial class LayoutJson : JsonSerializerContext;
