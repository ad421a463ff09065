using System.Text;
using System.Text.Json;

namespace Lading.Context.Dockerfiles;

/// <summary>Arguments written as a JSON list of texts.</summary>
internal static class ExecForm
{
    public static bool IsIn(string arguments) => Find(arguments) is not null;

    /// <summary>The items; null where the arguments are no such list.</summary>
    public static IReadOnlyList<string>? Find(string arguments)
    {
        if (!arguments.StartsWith('['))
        {
            return null;
        }

        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
            json.Read();
            var items = new List<string>();
            while (json.Read() && json.TokenType == JsonTokenType.String)
            {
                items.Add(json.GetString()!);
            }

            return json.TokenType == JsonTokenType.EndArray && !json.Read() ? items : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // An escape that is no character.
            return null;
        }
    }
}
