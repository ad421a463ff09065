using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Access;

/// <summary>Whether a call of an AWS operation was signed by somebody who may (AWS Signature Version 4, "Create a signed request").</summary>
internal sealed class SignatureCheck(RegistryLogins logins, RegistryPasswords passwords, TimeProvider time)
{
    private const string RolePrefix = "ASIALADING";
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    /// <summary>Credentials that hold until a time.</summary>
    public (string AccessKey, string Secret) IssueRole(DateTimeOffset expiry)
    {
        var key = RolePrefix + expiry.ToUnixTimeSeconds().ToString("X", CultureInfo.InvariantCulture);
        return (key, passwords.Issue(key, expiry));
    }

    /// <returns>What is wrong; null where it is right, or nobody is asked.</returns>
    public SignatureFault? Find(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (!logins.AreNeeded)
        {
            return null;
        }

        if (
            AwsRequest.Find(request) is not { } signed
            || !signed.SignedHeaders.Contains("host")
            || !signed.SignedHeaders.Contains("x-amz-date")
            || !DateTimeOffset.TryParseExact(
                request.Headers["X-Amz-Date"].ToString(),
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var date
            )
        )
        {
            return SignatureFault.Missing;
        }

        if ((time.GetUtcNow() - date).Duration() > MostSkew)
        {
            return SignatureFault.Skewed;
        }

        return SecretOf(signed.AccessKey) is not { } secret ? SignatureFault.UnknownKey
            : SecretText.Equal(signed.Signature, SignatureOf(request, body, signed, secret)) ? null
            : SignatureFault.Wrong;
    }

    private string? SecretOf(string accessKey)
    {
        if (!accessKey.StartsWith(RolePrefix, StringComparison.Ordinal))
        {
            return logins.Secrets.GetValueOrDefault(accessKey);
        }

        var isTime = long.TryParse(
            accessKey.AsSpan(RolePrefix.Length),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var seconds
        );
        return isTime && seconds > time.GetUtcNow().ToUnixTimeSeconds() && seconds < int.MaxValue * 4L
            ? passwords.Issue(accessKey, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }

    private static string SignatureOf(HttpRequest request, ReadOnlySpan<byte> body, AwsRequest signed, string secret)
    {
        // All calls are POST to the root, without a query.
        var canonical = new StringBuilder("POST\n/\n\n");
        foreach (var name in signed.SignedHeaders)
        {
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{ValueOf(request, name)}\n");
        }

        canonical.Append(
            CultureInfo.InvariantCulture,
            $"\n{string.Join(';', signed.SignedHeaders)}\n{HexOf(SHA256.HashData(body))}"
        );
        var text = string.Join(
            '\n',
            AwsRequest.Algorithm,
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

    private static string ValueOf(HttpRequest request, string name)
    {
        var value = string.Join(',', request.Headers[name].Select(part => part?.Trim()));
        return string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string HexOf(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
