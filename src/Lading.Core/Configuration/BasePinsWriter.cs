using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Git;

namespace Lading.Configuration;

/// <summary>Formats base pins, with the same bytes for the same pins on every system: sorted, two spaces, LF, a newline at the end.</summary>
internal static class BasePinsWriter
{
    public static byte[] Format(BasePins pins)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("basesVersion", pins.Version);
            writer.WriteStartObject("bases");
            foreach (var (reference, pin) in pins.Pins.OrderBy(pair => pair.Key, ByteOrder.Comparer))
            {
                writer.WriteStartObject(reference);
                writer.WriteString("digest", pin.Digest.ToString());
                if (pin.OnBuild is { } onBuild)
                {
                    writer.WriteBoolean("onBuild", onBuild);
                }

                if (pin.Env is { } env)
                {
                    writer.WriteStartObject("env");
                    foreach (var (name, value) in env.OrderBy(pair => pair.Key, ByteOrder.Comparer))
                    {
                        writer.WriteString(name, value);
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        // .NET 8 indents with the system's line ending. A carriage return in a string would be escaped.
        return Array.FindAll(stream.ToArray(), octet => octet != '\r');
    }
}
