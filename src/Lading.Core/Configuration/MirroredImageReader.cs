using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Reads the entry of a mirrored image.</summary>
internal static class MirroredImageReader
{
    public static MirroredImage Read(string name, FieldSet fields)
    {
        var from = fields.Require("from", "\"from\": \"docker.io/envoyproxy/envoy:v1.31\"");
        return new MirroredImage
        {
            Name = name,
            Repository = default,
            Platforms = [],
            From = from is null ? "" : ReferenceReader.Read(from, from.Text()),
        };
    }
}
