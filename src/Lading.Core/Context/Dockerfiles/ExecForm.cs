using System.Text;
using System.Text.Json;

namespace Lading.Context.Dockerfiles;

/// <summary>Arguments written as a JSON list of strings.</summary>
internal static class ExecForm
{
    public static bool IsIn(string arguments) => Find(arguments) is not null;

    /// <summary>The items; null if the arguments are not such a list.</summary>
    public static IReadOnlyList<string>? Find(string arguments) =>
        Read(arguments, out var hasMore) is { } items && !hasMore ? items : null;

    /// <summary>Whether they begin with such a list and continue after it.</summary>
    public static bool HasMore(string arguments) => Read(arguments, out var hasMore) is not null && hasMore;

    private static List<string>? Read(string arguments, out bool hasMore)
    {
        hasMore = false;
        if (!arguments.StartsWith('['))
        {
            return null;
        }

        try
        {
            var bytes = Encoding.UTF8.GetBytes(arguments);
            var json = new Utf8JsonReader(bytes);
            json.Read();
            var items = new List<string>();
            while (json.Read() && json.TokenType == JsonTokenType.String)
            {
                items.Add(json.GetString()!);
            }

            hasMore = bytes.AsSpan((int)json.BytesConsumed).IndexOfAnyExcept(" \t\r\n"u8) >= 0;
            return json.TokenType == JsonTokenType.EndArray ? items : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // An escape that is not a character.
            return null;
        }
    }
}
