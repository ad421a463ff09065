using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lading.Rollbacks;

/// <summary>The text of a template; replacing values keeps every other byte.</summary>
internal sealed class TemplateText
{
    private readonly byte[] bytes;
    private readonly List<TemplateValue> values = [];

    private TemplateText(byte[] bytes) => this.bytes = bytes;

    /// <summary>All values, in the order of their positions.</summary>
    public IReadOnlyList<TemplateValue> Values => values;

    /// <summary>Reads a template; null if it is not JSON.</summary>
    public static TemplateText? TryParse(string text)
    {
        var template = new TemplateText(Encoding.UTF8.GetBytes(text));
        var reader = new Utf8JsonReader(template.bytes);
        try
        {
            reader.Read();
            template.Add(ref reader, "");
            return template;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The value at a pointer; null if there is none.</summary>
    /// <param name="pointer">A JSON pointer (RFC 6901).</param>
    public TemplateValue? Find(string pointer) => values.Find(value => value.Pointer == pointer);

    /// <summary>The value at a pointer, and all values below it.</summary>
    public IEnumerable<TemplateValue> Below(string pointer) =>
        values.Where(value =>
            value.Pointer == pointer || value.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal)
        );

    /// <summary>The pointers of a list's items, or of an object's members.</summary>
    public IEnumerable<string> ChildrenOf(string pointer) =>
        values
            .Where(value =>
                value.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal)
                && value.Pointer.IndexOf('/', pointer.Length + 1) < 0
            )
            .Select(value => value.Pointer);

    /// <summary>A value as written; for a string, the text between the quotes.</summary>
    public string Raw(TemplateValue value) =>
        value.Kind == JsonValueKind.String
            ? Encoding.UTF8.GetString(bytes, value.Start + 1, value.End - value.Start - 2)
            : Encoding.UTF8.GetString(bytes, value.Start, value.End - value.Start);

    /// <summary>The content of a string; null for other values.</summary>
    public string? TextOf(TemplateValue? value)
    {
        if (value is not { Kind: JsonValueKind.String })
        {
            return null;
        }

        using var document = JsonDocument.Parse(bytes.AsMemory(value.Start, value.End - value.Start));
        return document.RootElement.GetString();
    }

    /// <summary>The text with some values replaced.</summary>
    /// <param name="replacements">The new text, by value.</param>
    public string With(IReadOnlyDictionary<TemplateValue, string> replacements)
    {
        using var result = new MemoryStream(bytes.Length);
        var position = 0;
        foreach (var (value, text) in replacements.OrderBy(each => each.Key.Start))
        {
            result.Write(bytes, position, value.Start - position);
            result.Write(Encoding.UTF8.GetBytes(text));
            position = value.End;
        }

        result.Write(bytes, position, bytes.Length - position);
        return Encoding.UTF8.GetString(result.GetBuffer(), 0, (int)result.Length);
    }

    /// <summary>A member's name, escaped for a pointer.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void Add(ref Utf8JsonReader reader, string pointer)
    {
        var start = (int)reader.TokenStartIndex;
        var index = values.Count;
        values.Add(null!);
        var kind = JsonValueKind.Undefined;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                kind = JsonValueKind.Object;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    Add(ref reader, $"{pointer}/{Escape(name)}");
                }

                break;
            case JsonTokenType.StartArray:
                kind = JsonValueKind.Array;
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    Add(ref reader, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"));
                }

                break;
            case JsonTokenType.String:
                kind = JsonValueKind.String;
                break;
            case JsonTokenType.Number:
                kind = JsonValueKind.Number;
                break;
        }

        values[index] = new TemplateValue(pointer, start, (int)reader.BytesConsumed, kind);
    }
}

/// <summary>A value of a template.</summary>
/// <param name="Pointer">Its JSON pointer (RFC 6901).</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The offset after its last byte.</param>
/// <param name="Kind">Its kind; undefined for true, false and null.</param>
internal sealed record TemplateValue(string Pointer, int Start, int End, JsonValueKind Kind);
