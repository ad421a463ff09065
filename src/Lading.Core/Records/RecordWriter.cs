using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Git;

namespace Lading.Records;

/// <summary>
/// Formats a record. The same record gives the same text: sorted, without white space, in as few parts as possible.
/// </summary>
internal static class RecordWriter
{
    /// <summary>The text of each part; one part unless the record outgrows a parameter.</summary>
    /// <param name="record">What the stack runs.</param>
    /// <param name="most">The maximum number of characters in a part.</param>
    public static IReadOnlyList<string> Write(StackRecord record, int most = StackRecord.MostCharacters)
    {
        var whole = Text(record, part: null);
        if (whole.Length <= most)
        {
            return [whole];
        }

        // Each part has the generation of the whole: a reader must not mix two while they are being written.
        var generation = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..16].ToLowerInvariant();
        var parts = Split(
            record,
            most
                - Text(
                    Of(record, new Dictionary<string, RecordedImage>(StringComparer.Ordinal)),
                    new Part(generation, 999, 999)
                ).Length
        );
        return [.. parts.Select((images, i) => Text(Of(record, images), new Part(generation, i + 1, parts.Count)))];
    }

    /// <summary>Fills one part after the other. An image with too many uses is in several parts, with some of the uses in each.</summary>
    private static List<Dictionary<string, RecordedImage>> Split(StackRecord record, int room)
    {
        var parts = new List<Dictionary<string, RecordedImage>> { new(StringComparer.Ordinal) };
        var free = room;
        foreach (var (name, image) in record.Images.OrderBy(pair => pair.Key, ByteOrder.Comparer))
        {
            if (free < room && Size(name, image) > free)
            {
                StartPart();
            }

            Put(name, image with { UsedBy = [] });
            foreach (var use in image.UsedBy.Order(ByteOrder.Comparer))
            {
                if (use.Length + 3 > free)
                {
                    StartPart();
                    Put(name, image with { UsedBy = [], RolledBackFrom = [] });
                }

                var existing = parts[^1][name];
                parts[^1][name] = existing with { UsedBy = [.. existing.UsedBy, use] };
                free -= use.Length + 3;
            }
        }

        return parts;

        void StartPart()
        {
            parts.Add(new Dictionary<string, RecordedImage>(StringComparer.Ordinal));
            free = room;
        }

        void Put(string name, RecordedImage image)
        {
            parts[^1].Add(name, image);
            free -= Size(name, image);
        }
    }

    /// <summary>An upper bound of an image's size, with its comma.</summary>
    private static int Size(string name, RecordedImage image) =>
        name.Length
        + image.Reference.Length
        + image.UsedBy.Sum(use => use.Length + 3)
        + ""","":{"image":"","usedBy":[]}""".Length
        + (
            image.RolledBackFrom.Count > 0
                ? ",\"rolledBackFrom\":[]".Length + image.RolledBackFrom.Sum(digest => digest.Length + 3)
                : 0
        );

    private static StackRecord Of(StackRecord record, IReadOnlyDictionary<string, RecordedImage> images) =>
        record with
        {
            Images = images,
        };

    private static string Text(StackRecord record, Part? part)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteNumber("recordVersion", RecordReader.Version);
            if (part is not null)
            {
                json.WriteString("generation", part.Generation);
                json.WriteNumber("part", part.Number);
                json.WriteNumber("parts", part.Count);
            }

            if (record.Environment is not null)
            {
                json.WriteString("environment", record.Environment);
            }

            json.WriteStartObject("images");
            foreach (var (name, image) in record.Images.OrderBy(pair => pair.Key, ByteOrder.Comparer))
            {
                json.WriteStartObject(name);
                json.WriteString("image", image.Reference);
                json.WriteStartArray("usedBy");
                foreach (var use in image.UsedBy.Order(ByteOrder.Comparer))
                {
                    json.WriteStringValue(use);
                }

                json.WriteEndArray();
                if (image.RolledBackFrom.Count > 0)
                {
                    json.WriteStartArray("rolledBackFrom");
                    foreach (var digest in image.RolledBackFrom.Order(ByteOrder.Comparer))
                    {
                        json.WriteStringValue(digest);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed record Part(string Generation, int Number, int Count);
}
