using Microsoft.AspNetCore.Http;

namespace Lading.Server.Access;

/// <summary>The <c>Authorization</c> header of AWS Signature Version 4.</summary>
/// <param name="AccessKey">The signer's access key.</param>
/// <param name="Date">The day of the signing key: <c>20260131</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Service">The service: <c>ecr</c>.</param>
/// <param name="SignedHeaders">The signed headers, in order.</param>
/// <param name="Signature">As lower-case hex.</param>
internal sealed record SignedRequest(
    string AccessKey,
    string Date,
    string Region,
    string Service,
    IReadOnlyList<string> SignedHeaders,
    string Signature
)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    /// <returns>Null if the request is not signed.</returns>
    public static SignedRequest? Find(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[(Algorithm.Length + 1)..].Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals].Trim()] = part[(equals + 1)..].Trim();
            }
        }

        return
            parts.GetValueOrDefault("Credential")?.Split('/')
                is [var key, var date, var region, var service, "aws4_request"]
            && parts.TryGetValue("SignedHeaders", out var signed)
            && parts.TryGetValue("Signature", out var signature)
            ? new SignedRequest(key, date, region, service, signed.Split(';'), signature)
            : null;
    }
}
