using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace Lading.Aws;

/// <summary>Signs a request (AWS Signature Version 4); the SDK computes the signature.</summary>
internal static class AwsSignature
{
    /// <summary>Adds the headers of a signature to a POST without a query.</summary>
    public static void AddTo(
        HttpRequestMessage message,
        byte[] body,
        AwsService service,
        string region,
        ImmutableCredentials credentials,
        DateTimeOffset now
    )
    {
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        message.Headers.TryAddWithoutValidation("X-Amz-Date", date);
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = message.Content!.Headers.GetValues("Content-Type").First(),
            ["host"] = message.RequestUri!.Authority,
            ["x-amz-date"] = date,
        };
        if (credentials.UseToken)
        {
            message.Headers.TryAddWithoutValidation("X-Amz-Security-Token", credentials.Token);
            signed["x-amz-security-token"] = credentials.Token;
        }

        if (message.Headers.TryGetValues("X-Amz-Target", out var target))
        {
            signed["x-amz-target"] = target.First();
        }

        var names = string.Join(';', signed.Keys);
        var canonical = new StringBuilder($"POST\n{message.RequestUri.AbsolutePath}\n\n");
        foreach (var (name, value) in signed)
        {
            canonical.Append($"{name}:{value.Trim()}\n");
        }

        canonical.Append($"\n{names}\n{Convert.ToHexStringLower(SHA256.HashData(body))}");
        var result = AWS4Signer.ComputeSignature(
            credentials,
            region,
            now.UtcDateTime,
            service.Name,
            names,
            canonical.ToString()
        );
        message.Headers.TryAddWithoutValidation("Authorization", result.ForAuthorizationHeader);
    }
}
