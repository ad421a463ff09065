using System.Text.Json;

namespace Lading.Aws.Protocols;

/// <summary>Writes and reads JSON bodies.</summary>
internal static class JsonBody
{
    /// <summary>A JSON object with the members that the function writes.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Parses a response; an empty one is an empty object.</summary>
    /// <exception cref="FormatException">It is not the expected response.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, string answered, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            return read(document.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FormatException($"{answered} with something else", e);
        }
    }
}
