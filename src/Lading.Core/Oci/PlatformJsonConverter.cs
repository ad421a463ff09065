using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lading.Oci;

/// <summary>
/// A platform as a JSON object in an index: <c>{"architecture":"amd64","os":"linux"}</c>; members that Lading does not need
/// (os.version, os.features) are skipped.
/// </summary>
internal sealed class PlatformJsonConverter : JsonConverter<Platform>
{
    public override Platform Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <summary>Reads the members of a platform from an object that may have others; empty strings for missing ones.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Platform Read(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var element = document.RootElement;
        return new Platform(
            element.FindText("os") ?? "",
            element.FindText("architecture") ?? "",
            element.FindText("variant") is { Length: > 0 } variant ? variant : null
        ).Normalized();
    }

    public override void Write(Utf8JsonWriter writer, Platform value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("architecture", value.Architecture);
        writer.WriteString("os", value.Os);
        if (value.Variant is not null)
        {
            writer.WriteString("variant", value.Variant);
        }

        writer.WriteEndObject();
    }
}
