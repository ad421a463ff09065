using System.Net;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Lading.Aws;

/// <summary>What an AWS service says of a failure.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Such as <c>RepositoryNotFoundException</c>; the status where the body names none.</param>
/// <param name="Text">The service's own words.</param>
internal sealed record AwsError(HttpStatusCode Status, string Code, string Text)
{
    public bool IsThrottling =>
        Status == HttpStatusCode.TooManyRequests
        || Code.Contains("Throttl", StringComparison.Ordinal)
        || Code is "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown";

    public bool IsPassing => IsThrottling || (int)Status >= 500;

    /// <summary>Reads JSON 1.1 (<c>__type</c>) and query (<c>ErrorResponse</c>) errors.</summary>
    public static AwsError Parse(HttpStatusCode status, string body)
    {
        try
        {
            return body.TrimStart().StartsWith('<') ? OfXml(status, body) : OfJson(status, body);
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            return new AwsError(
                status,
                ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture),
                body
            );
        }
    }

    private static AwsError OfJson(HttpStatusCode status, string body)
    {
        using var document = JsonDocument.Parse(body);
        var type = TextOf(document.RootElement, "__type") ?? TextOf(document.RootElement, "code") ?? status.ToString();
        var text = TextOf(document.RootElement, "message") ?? TextOf(document.RootElement, "Message") ?? "";
        return new AwsError(status, type[(type.LastIndexOf('#') + 1)..], text);
    }

    private static AwsError OfXml(HttpStatusCode status, string body)
    {
        var root = XDocument.Parse(body).Root!;
        string Find(string name) => root.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
        return new AwsError(status, Find("Code"), Find("Message"));
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;
}
