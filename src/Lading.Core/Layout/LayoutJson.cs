using System.Text.Json.Serialization;

namespace Lading.Layout;

[JsonSerializable(typeof(RepositoryRecord))]
internal sealed partial class LayoutJson : JsonSerializerContext;
