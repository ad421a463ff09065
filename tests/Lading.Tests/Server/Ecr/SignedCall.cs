using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Lading.Tests.Server.Ecr;

/// <summary>
/// An AWS call, signed as the text of Signature Version 4 says rather than by a client, so that a test can get each
/// part wrong.
/// </summary>
internal sealed record SignedCall(DateTimeOffset Now)
{
    public string AccessKey { get; init; } = "bob";

    public string Secret { get; init; } = "builder";

    public string Service { get; init; } = "ecr";

    /// <summary>The day in the credential scope.</summary>
    public string Day { get; init; } = Now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public string Date { get; init; } = Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public string Target { get; init; } = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";

    public string Body { get; init; } = "{}";

    /// <summary>The signed headers.</summary>
    public string Signed { get; init; } = "host;x-amz-date;x-amz-target";

    /// <summary>The query that is signed.</summary>
    public string Query { get; init; } = "";

    /// <summary>The query that is sent.</summary>
    public string SentQuery { get; init; } = "";

    /// <summary>Headers besides those of every call.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    /// <summary>All headers except the signature.</summary>
    private Dictionary<string, string> Headers
    {
        get
        {
            var headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["host"] = "registry.example.com",
                ["x-amz-date"] = Date,
                ["x-amz-target"] = Target,
            };
            foreach (var (name, value) in More)
            {
                headers[name] = value;
            }

            return headers;
        }
    }

    public string Authorization =>
        $"AWS4-HMAC-SHA256 Credential={AccessKey}/{Day}/eu-west-1/{Service}/aws4_request, SignedHeaders={Signed}, Signature={Signature}";

    private string Signature
    {
        get
        {
            var headers = Headers;
            var lines = string.Concat(Signed.Split(';').Select(name => $"{name}:{headers[name]}\n"));
            var digest = headers.GetValueOrDefault("x-amz-content-sha256") ?? HexOf(Encoding.UTF8.GetBytes(Body));
            var canonical = $"POST\n/\n{Query}\n{lines}\n{Signed}\n{digest}";
            var scope = $"{Day}/eu-west-1/{Service}/aws4_request";
            var text = $"AWS4-HMAC-SHA256\n{Date}\n{scope}\n{HexOf(Encoding.UTF8.GetBytes(canonical))}";
            var key = Encoding.UTF8.GetBytes("AWS4" + Secret);
            foreach (var part in scope.Split('/'))
            {
                key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
            }

            return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>The request up to its body, as sent over a connection.</summary>
    public string Head(long length) =>
        $"POST /{SentQuery} HTTP/1.1\r\n"
        + string.Concat(Headers.Select(header => $"{header.Key}: {header.Value}\r\n"))
        + $"Authorization: {Authorization}\r\nContent-Length: {length}\r\n\r\n";

    public async Task<(HttpStatusCode Status, string Text)> SendAsync(
        HttpClient http,
        Uri registry,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(registry, "/" + SentQuery));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        using var response = await http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private static string HexOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
