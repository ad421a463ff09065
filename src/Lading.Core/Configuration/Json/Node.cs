using System.Text.Json;

namespace Lading.Configuration.Json;

/// <summary>A JSON value with its position in the text.</summary>
/// <param name="Kind">The kind of the value.</param>
/// <param name="Start">The offset in bytes of its first byte.</param>
/// <param name="End">The offset in bytes after its last byte.</param>
internal sealed record Node(JsonValueKind Kind, int Start, int End)
{
    /// <summary>For a string, its unescaped content; for a number, its digits; otherwise empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>For an object, in the order of the document; keys may repeat.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>For a list, in the order of the document.</summary>
    public IReadOnlyList<Node> Items { get; init; } = [];

    /// <summary>The last member with this key; null if there is none.</summary>
    public Member? Find(string key) => Members.LastOrDefault(member => member.Key == key);

    /// <summary>Its kind, for messages.</summary>
    public string Description =>
        Kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "text",
            JsonValueKind.Number => "a number",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };
}

/// <summary>A key of an object and its value.</summary>
/// <param name="Key">The key, unescaped.</param>
/// <param name="Start">The offset in bytes of the key's opening quote.</param>
/// <param name="Value">The value.</param>
internal sealed record Member(string Key, int Start, Node Value);
