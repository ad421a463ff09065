using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Access;

/// <summary>
/// The parts of a request that a Version 4 signature covers: the query, the signed headers and the digest of the body (AWS, "Create a
/// canonical request").
/// </summary>
internal static class CanonicalRequest
{
    private const string DigestHeader = "X-Amz-Content-SHA256";

    /// <summary>The digest of the body in a header; null if there is none.</summary>
    public static string? StatedDigest(HttpRequest request) =>
        request.Headers.TryGetValue(DigestHeader, out var values) ? values.ToString() : null;

    /// <summary>A header that must be signed and is not: the host, the date, and all others with a meaning for AWS. Null if all are.</summary>
    public static string? FindUnsigned(HttpRequest request, SignedRequest signed) =>
        request
            .Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            .Prepend("Host")
            .FirstOrDefault(name => !signed.SignedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The signature for a secret.</summary>
    /// <param name="request">The request: a POST to the root.</param>
    /// <param name="signed">Its signature header.</param>
    /// <param name="secret">The signer's secret.</param>
    /// <param name="digest">The SHA-256 of the body, in lower-case hex.</param>
    public static string SignatureOf(HttpRequest request, SignedRequest signed, string secret, string digest)
    {
        var canonical = new StringBuilder("POST\n/\n");
        canonical.Append(CultureInfo.InvariantCulture, $"{QueryOf(request)}\n");
        foreach (var name in signed.SignedHeaders)
        {
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{ValueOf(request, name)}\n");
        }

        canonical.Append(CultureInfo.InvariantCulture, $"\n{string.Join(';', signed.SignedHeaders)}\n{digest}");
        var text = string.Join(
            '\n',
            SignedRequest.Algorithm,
            request.Headers["X-Amz-Date"].ToString(),
            signed.Scope,
            HexOf(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))
        );
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in signed.Scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return HexOf(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Names and values, encoded, in order.</summary>
    private static string QueryOf(HttpRequest request) =>
        string.Join(
            '&',
            (request.QueryString.Value ?? "")
                .TrimStart('?')
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('=', 2))
                .Select(part => (Name: Encoded(part[0]), Value: part.Length == 2 ? Encoded(part[1]) : ""))
                .OrderBy(part => part.Name, StringComparer.Ordinal)
                .ThenBy(part => part.Value, StringComparer.Ordinal)
                .Select(part => $"{part.Name}={part.Value}")
        );

    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string ValueOf(HttpRequest request, string name)
    {
        var value = string.Join(',', request.Headers[name].Select(part => part?.Trim()));
        return string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string HexOf(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
