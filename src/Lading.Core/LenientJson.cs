using System.Text.Json;

namespace Lading;

/// <summary>Reads JSON written by hand: comments, trailing commas and a byte order mark are allowed.</summary>
internal static class LenientJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <exception cref="JsonException">It is not JSON, even with these allowed.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Options);
}
