using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Git;

namespace Lading.Locks;

/// <summary>Formats a lock, with the same bytes for the same lock on every system: sorted, two spaces, LF, a newline at the end.</summary>
internal static class LockWriter
{
    public static byte[] Format(ImageLock content)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("lockVersion", LockReader.Version);
            writer.WriteString("environment", content.Environment);
            writer.WriteStartObject("images");
            foreach (var (name, image) in content.Images.OrderBy(pair => pair.Key, ByteOrder.Comparer))
            {
                writer.WriteStartObject(name);
                Write(writer, image);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        // .NET 8 indents with the system's line ending. A carriage return in a string would be escaped.
        return Array.FindAll(stream.ToArray(), octet => octet != '\r');
    }

    private static void Write(Utf8JsonWriter writer, LockedImage image)
    {
        writer.WriteString("repository", image.Repository);
        writer.WriteString("digest", image.Digest.ToString());
        writer.WriteString("fingerprint", image.Fingerprint);
        writer.WriteNumber("fingerprintVersion", image.FingerprintVersion);
        writer.WriteString("revision", image.Revision);
        writer.WriteStartArray("platforms");
        foreach (var platform in image.Platforms.Select(platform => platform.ToString()).Order(ByteOrder.Comparer))
        {
            writer.WriteStringValue(platform);
        }

        writer.WriteEndArray();
        if (image.Manifests is null)
        {
            writer.WriteNull("manifests");
        }
        else if (image.Manifests.Count > 0)
        {
            writer.WriteStartObject("manifests");
            foreach (var (platform, digest) in image.Manifests.OrderBy(pair => pair.Key.ToString(), ByteOrder.Comparer))
            {
                writer.WriteString(platform.ToString(), digest.ToString());
            }

            writer.WriteEndObject();
        }
    }
}
