using System.Net;
using System.Text.Json;

namespace Lading.Registry;

/// <summary>What a registry says of a failure, in its own words (distribution-spec 1.1, "Error Codes").</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Such as <c>NAME_UNKNOWN</c>; empty where the body is no error document.</param>
/// <param name="Text">The message, or the beginning of the body.</param>
internal sealed record RegistryError(HttpStatusCode Status, string Code, string Text)
{
    private const int MostText = 400;

    /// <summary>The words for an error message.</summary>
    public string Said
    {
        get
        {
            var status = $"{(int)Status} {Status}";
            return (Code.Length, Text.Length) switch
            {
                (0, 0) => $"the registry answered {status}",
                (0, _) => $"the registry answered {status}: {Text}",
                _ => $"the registry answered {status}, {Code}: {Text}",
            };
        }
    }

    public static async Task<RegistryError> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string body;
        try
        {
            var bytes = await BoundedBody.ReadAsync(response, 1024 * 1024, cancellationToken).ConfigureAwait(false);
            body = System.Text.Encoding.UTF8.GetString(bytes);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            body = "";
        }

        return Parse(response.StatusCode, body);
    }

    public static RegistryError Parse(HttpStatusCode status, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors", out var errors)
                && errors.ValueKind == JsonValueKind.Array
                && errors.GetArrayLength() > 0
            )
            {
                return new RegistryError(status, TextOf(errors[0], "code"), TextOf(errors[0], "message"));
            }
        }
        catch (JsonException)
        {
            // Not every answer is an error document.
        }

        var text = body.Trim();
        return new RegistryError(status, "", text.Length > MostText ? text[..MostText] + "…" : text);
    }

    private static string TextOf(JsonElement error, string name) =>
        error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
