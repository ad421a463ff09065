using System.Text.Json;

namespace Lading.Configuration.Json;

/// <summary>Parses JSON into nodes that keep their positions.</summary>
internal static class DocumentReader
{
    /// <summary>The message for a text that is not UTF-8.</summary>
    public const string NotUtf8 = "this text is not valid UTF-8";

    /// <summary>For files that people write: comments and trailing commas are allowed.</summary>
    public static JsonReaderOptions ByPeople =>
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>For files that programs write: strict JSON.</summary>
    public static JsonReaderOptions ByPrograms => default;

    /// <summary>Parses a document that people write; null if it is not JSON, which is reported as a problem.</summary>
    public static Node? Find(DocumentText source, Problems problems) => Find(source, problems, ByPeople);

    /// <summary>Parses a document; null if it is not JSON, which is reported as a problem.</summary>
    public static Node? Find(DocumentText source, Problems problems, JsonReaderOptions options)
    {
        var mark = source.MarkLength;
        if (source.Bytes.Span[mark..].Trim(" \t\r\n"u8).IsEmpty)
        {
            problems.Add(
                0,
                "the file is empty",
                "Delete it; 'lading init' writes a first lading.json, 'lading bases update' the pins of bases."
            );
            return null;
        }

        if (source.Bytes.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            // What Windows PowerShell's > writes.
            problems.Add(0, "the file is UTF-16", "Save it as UTF-8.");
            return null;
        }

        var json = new Utf8JsonReader(source.Bytes.Span[mark..], options);
        try
        {
            json.Read();
            var root = ReadValue(ref json, mark);
            json.Read();
            return root;
        }
        catch (JsonException e)
        {
            // Positions in the exception do not count the byte order mark, which is on the first line.
            var column = (e.BytePositionInLine ?? 0) + (e.LineNumber is null or 0 ? mark : 0);
            var offset = source.OffsetOf(e.LineNumber ?? 0, column);
            var why = BrokenJson.Describe(source.Bytes.Span[mark..], offset - mark);
            problems.Add(offset, $"this is not JSON: {why}");
        }
        catch (InvalidOperationException)
        {
            problems.Add(mark + (int)json.TokenStartIndex, NotUtf8, "Save the file as UTF-8.");
        }

        return null;
    }

    private static Node ReadValue(ref Utf8JsonReader json, int mark)
    {
        var start = mark + (int)json.TokenStartIndex;
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<Member>();
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var (key, at) = (json.GetString()!, mark + (int)json.TokenStartIndex);
                    json.Read();
                    members.Add(new Member(key, at, ReadValue(ref json, mark)));
                }

                return new Node(JsonValueKind.Object, start, mark + (int)json.BytesConsumed) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref json, mark));
                }

                return new Node(JsonValueKind.Array, start, mark + (int)json.BytesConsumed) { Items = items };
            default:
                return new Node(KindOf(json.TokenType), start, mark + (int)json.BytesConsumed)
                {
                    Text = json.TokenType switch
                    {
                        JsonTokenType.String => json.GetString()!,
                        JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(json.ValueSpan),
                        _ => "",
                    },
                };
        }
    }

    private static JsonValueKind KindOf(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.String => JsonValueKind.String,
            JsonTokenType.Number => JsonValueKind.Number,
            JsonTokenType.True => JsonValueKind.True,
            JsonTokenType.False => JsonValueKind.False,
            _ => JsonValueKind.Null,
        };
}
