using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Access;

/// <summary>Whether an AWS operation was signed by a known user (AWS Signature Version 4, "Create a signed request").</summary>
internal sealed class SignatureCheck(RegistryLogins logins, RegistryPasswords passwords, TimeProvider time)
{
    private const string RolePrefix = "ASIALADING";
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    /// <summary>The session token of every role, which is sent with its key and is not a secret.</summary>
    public const string RoleToken = "lading";

    /// <summary>Issues temporary credentials.</summary>
    public (string AccessKey, string Secret) IssueRole(DateTimeOffset expiry)
    {
        var key = RolePrefix + expiry.ToUnixTimeSeconds().ToString("X", CultureInfo.InvariantCulture);
        return (key, passwords.Issue(key, expiry));
    }

    /// <summary>Whether the signature can be verified without the body: its digest is a signed header.</summary>
    public bool IsProven(HttpRequest request) =>
        !logins.AreNeeded || CanonicalRequest.StatedDigest(request) is not null;

    /// <summary>
    /// Verifies everything that is known before the body arrives: signer, time, service, headers; and the signature itself if the
    /// body's digest is a header.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="service">The called service: <c>ecr</c>.</param>
    /// <returns>The error; null if there is none, or no login is needed.</returns>
    public SignatureFault? FindBeforeBody(HttpRequest request, string service)
    {
        if (!logins.AreNeeded)
        {
            return null;
        }

        var text = request.Headers["X-Amz-Date"].ToString();
        if (
            SignedRequest.Find(request) is not { } signed
            || !DateTimeOffset.TryParseExact(
                text,
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var date
            )
        )
        {
            return SignatureFault.Missing;
        }

        if (CanonicalRequest.FindUnsigned(request, signed) is { } unsigned)
        {
            return SignatureFault.Scoped($"'{unsigned}' must be a 'SignedHeader' in the AWS Authorization.");
        }

        if (signed.Service != service)
        {
            return SignatureFault.Scoped($"Credential should be scoped to correct service: '{service}'.");
        }

        if (signed.Date != text[..8])
        {
            return SignatureFault.Scoped(
                $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{signed.Date}' != '{text[..8]}', from '{text}'."
            );
        }

        return (time.GetUtcNow() - date).Duration() > MaxSkew ? SignatureFault.Skewed
            : SecretOf(request, signed) is not { } secret ? SignatureFault.UnknownKey
            : CanonicalRequest.StatedDigest(request) is { } digest ? Compare(request, signed, secret, digest)
            : null;
    }

    /// <summary>Verifies the signature, once the body has arrived; everything else was verified before.</summary>
    /// <returns>The error; null if there is none, or no login is needed.</returns>
    public SignatureFault? Find(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (!logins.AreNeeded)
        {
            return null;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(body));
        return SignedRequest.Find(request) is not { } signed ? SignatureFault.Missing
            : SecretOf(request, signed) is not { } secret ? SignatureFault.UnknownKey
            : (CanonicalRequest.StatedDigest(request) ?? digest) != digest ? SignatureFault.Wrong
            : Compare(request, signed, secret, digest);
    }

    private static SignatureFault? Compare(HttpRequest request, SignedRequest signed, string secret, string digest) =>
        SecretText.Equal(signed.Signature, CanonicalRequest.SignatureOf(request, signed, secret, digest))
            ? null
            : SignatureFault.Wrong;

    private string? SecretOf(HttpRequest request, SignedRequest signed)
    {
        var accessKey = signed.AccessKey;
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
        return
            isTime
            && seconds > time.GetUtcNow().ToUnixTimeSeconds()
            && seconds < int.MaxValue * 4L
            && request.Headers["X-Amz-Security-Token"] == RoleToken
            ? passwords.Issue(accessKey, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }
}
