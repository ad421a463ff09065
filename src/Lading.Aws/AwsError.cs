using System.Net;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Lading.Aws;

/// <summary>A service's error.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Such as <c>RepositoryNotFoundException</c>; empty if the body is not an error document.</param>
/// <param name="Message">The service's message, or the start of the body, on one line.</param>
internal sealed record AwsError(HttpStatusCode Status, string Code, string Message)
{
    private const int MaximumText = 400;

    /// <summary>Whether the service is throttling, or failed for an internal reason.</summary>
    public bool IsPassing => IsThrottling || (int)Status >= 500;

    public bool IsThrottling =>
        Status == HttpStatusCode.TooManyRequests
        || Code
            is "Throttling"
                or "ThrottlingException"
                or "ThrottledException"
                or "RequestThrottled"
                or "RequestThrottledException"
                or "TooManyRequestsException"
                or "RequestLimitExceeded"
                or "BandwidthLimitExceeded"
                or "PriorRequestNotComplete"
                or "SlowDown";

    public bool IsExpiry => Code is "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired";

    /// <summary>Whether the service refused this machine's clock.</summary>
    public bool IsClockSkew =>
        Code is "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture"
        || (
            Code is "SignatureDoesNotMatch" or "InvalidSignatureException"
            && (
                Message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase)
                || Message.Contains("Signature not yet current", StringComparison.OrdinalIgnoreCase)
            )
        );

    public bool IsBadKey =>
        Code
            is "UnrecognizedClientException"
                or "InvalidClientTokenId"
                or "InvalidAccessKeyId"
                or "SignatureDoesNotMatch"
                or "InvalidSignatureException"
                or "IncompleteSignature"
                or "IncompleteSignatureException"
                or "MissingAuthenticationToken"
                or "MissingAuthenticationTokenException"
                or "AuthFailure"
                or "OptInRequired";

    public bool IsDenial =>
        Code is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "NotAuthorized"
        || (Status == HttpStatusCode.Forbidden && !IsBadKey && !IsExpiry && !IsClockSkew && !IsThrottling);

    /// <summary>The text for an error message.</summary>
    public string Describe(string service)
    {
        var what = $"{(int)Status} {(Code.Length > 0 ? Code : Status.ToString())}";
        return Message.Length > 0 ? $"{service} answered {what}: {Message}" : $"{service} answered {what}";
    }

    /// <summary>Parses an error of the JSON and of the query protocols.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="header">The header <c>x-amzn-ErrorType</c>, if there is one.</param>
    /// <param name="body">The body.</param>
    public static AwsError Parse(HttpStatusCode status, string? header, string body)
    {
        var trimmed = body.Trim();
        var (code, message) =
            trimmed.StartsWith('{') ? FromJson(trimmed)
            : trimmed.StartsWith('<') ? FromXml(trimmed)
            : (null, null);
        code = Bare(header ?? code ?? "");
        message ??=
            code.Length > 0 ? ""
            : IsPage(trimmed) ? "a page of HTML"
            : trimmed;
        message = string.Join(' ', message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return new AwsError(status, code, message.Length > MaximumText ? message[..MaximumText] + "…" : message);
    }

    /// <summary>Whether the body is a page for a browser, as proxies return.</summary>
    private static bool IsPage(string body) =>
        body.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
        || body.StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>com.amazonaws.ecr#RepositoryNotFoundException:http://…</c> is <c>RepositoryNotFoundException</c>.</summary>
    private static string Bare(string code)
    {
        var start = code.IndexOf('#', StringComparison.Ordinal) + 1;
        var end = code.IndexOf(':', start);
        return (end < 0 ? code[start..] : code[start..end]).Trim();
    }

    private static (string? Code, string? Message) FromJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return (
                root.FindText("__type") ?? root.FindText("code"),
                root.FindText("message") ?? root.FindText("Message")
            );
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static (string? Code, string? Message) FromXml(string body)
    {
        try
        {
            var error = XDocument
                .Parse(body)
                .Descendants()
                .FirstOrDefault(element => element.Name.LocalName == "Error");
            return (Text(error, "Code"), Text(error, "Message"));
        }
        catch (XmlException)
        {
            return (null, null);
        }
    }

    private static string? Text(XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;
}
