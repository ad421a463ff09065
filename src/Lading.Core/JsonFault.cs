using System.Text.Json;

namespace Lading;

/// <summary>Why a text is not the JSON that was expected, as part of a sentence: what .NET says is about its own reader.</summary>
internal static class JsonFault
{
    /// <summary><c>it is not JSON (line 3)</c>; another exception in its own words.</summary>
    public static string Of(Exception exception) =>
        exception switch
        {
            JsonException { Path: { Length: > 1 } path } => $"{path} has a value that does not belong there",
            JsonException { LineNumber: { } line } => $"it is not JSON (line {line + 1})",
            _ => exception.Message.TrimEnd('.'),
        };
}
