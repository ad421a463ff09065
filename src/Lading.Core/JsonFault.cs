using System.Text.Json;

namespace Lading;

/// <summary>
/// Why a text is not the expected JSON, as part of a sentence. .NET's own messages describe its reader.
/// </summary>
internal static class JsonFault
{
    /// <summary><c>it is not JSON (line 3)</c>; for another exception, its message.</summary>
    public static string Of(Exception exception) =>
        exception switch
        {
            JsonException { Path: { Length: > 1 } path } => $"{path} has a value that does not belong there",
            JsonException { LineNumber: { } line } => $"it is not JSON (line {line + 1})",
            _ => exception.Message.TrimEnd('.'),
        };
}
