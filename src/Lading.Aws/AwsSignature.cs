using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace Lading.Aws;

/// <summary>Signs a request (AWS Signature Version 4); the SDK computes the signature.</summary>
internal static class AwsSignature
{
    /// <summary>The signed message of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="service">The service that receives it.</param>
    /// <param name="root">The service's address.</param>
    /// <param name="region">The region of the signature.</param>
    /// <param name="credentials">The keys that sign it.</param>
    /// <param name="now">The time; it may differ from the service's by at most 5 minutes.</param>
    public static HttpRequestMessage Sign(
        AwsRequest request,
        AwsService service,
        Uri root,
        string region,
        ImmutableCredentials credentials,
        DateTimeOffset now
    )
    {
        var address = request.AddressAt(root);
        var message = new HttpRequestMessage(request.Method, address);
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
            ["x-amz-date"] = date,
        };
        if (request.ContentType is { } type)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            signed["content-type"] = type;
        }

        if (credentials.UseToken)
        {
            signed["x-amz-security-token"] = credentials.Token;
        }

        if (request.Target is { } target)
        {
            signed["x-amz-target"] = target;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(request.Body));
        if (service.SignsPathAsItIs)
        {
            signed["x-amz-content-sha256"] = hash;
        }

        foreach (var (name, value) in request.Headers)
        {
            signed[name] = value;
        }

        foreach (var (name, value) in signed.Where(pair => pair.Key is not ("host" or "content-type")))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        var names = string.Join(';', signed.Keys);
        var canonical = new StringBuilder(
            $"{request.Method}\n{(service.SignsPathAsItIs ? address.AbsolutePath : request.CanonicalPath(root))}\n{(request.Query.Count > 0 ? request.CanonicalQuery : "")}\n"
        );
        foreach (var (name, value) in signed)
        {
            canonical.Append($"{name}:{value.Trim()}\n");
        }

        canonical.Append($"\n{names}\n{hash}");
        var result = AWS4Signer.ComputeSignature(
            credentials,
            region,
            now.UtcDateTime,
            service.Name,
            names,
            canonical.ToString()
        );
        message.Headers.TryAddWithoutValidation("Authorization", result.ForAuthorizationHeader);
        return message;
    }
}
