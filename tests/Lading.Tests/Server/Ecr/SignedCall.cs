using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Lading.Tests.Server.Ecr;

/// <summary>A call of an AWS operation, signed by the words of Signature Version 4 rather than by a client, so that each part may be another one than it should be.</summary>
internal sealed record SignedCall(DateTimeOffset Now)
{
    public string AccessKey { get; init; } = "bob";

    public string Secret { get; init; } = "builder";

    public string Service { get; init; } = "ecr";

    /// <summary>The day in the scope.</summary>
    public string Day { get; init; } = Now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public string Date { get; init; } = Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public string Target { get; init; } = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";

    public string Body { get; init; } = "{}";

    /// <summary>The headers that are signed.</summary>
    public string Signed { get; init; } = "host;x-amz-date;x-amz-target";

    /// <summary>The query, as it is signed.</summary>
    public string Query { get; init; } = "";

    /// <summary>The query, as it is sent.</summary>
    public string SentQuery { get; init; } = "";

    /// <summary>Headers beside those that every call has.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    /// <summary>All headers but the signature.</summary>
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

    /// <summary>The request up to its body, as bytes on a connection.</summary>
    public string Head(long length) =>
        $"POST /{SentQuery} HTTP/1.1\r\n"
        + string.Concat(Headers.Select(header => $"{header.Key}: {header.Value}\r\n"))
        + $"Authorization: {Authorization}\r\nContent-Length: {length}\r\n\r\n";

    /// <summary>Sends it.</summary>
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
