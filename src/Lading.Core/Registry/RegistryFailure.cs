using System.Net;
using System.Security.Authentication;
using Lading.Http;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>Failures of registries, with all their remedies.</summary>
internal static class RegistryFailure
{
    /// <summary>A final refusal.</summary>
    /// <param name="attempted">The operation.</param>
    /// <param name="address">The registry.</param>
    /// <param name="error">What it answered.</param>
    /// <param name="hasLogin">Whether a login was sent: telling a user who is logged in to log in does not help.</param>
    public static LadingException Of(
        string attempted,
        RegistryAddress address,
        RegistryError error,
        bool hasLogin = false
    ) => new($"{attempted} at {address.Host}", error.Description, Remedy(address, error, hasLogin));

    /// <summary>A failure after all retries.</summary>
    public static LadingException AfterTries(
        string attempted,
        RegistryAddress address,
        FailedAttempt failed,
        int tries,
        TimeSpan took
    ) =>
        new(
            $"{attempted} at {address.Host}",
            $"{failed.Text.TrimEnd('.')} ({(tries == 1 ? "tried once" : $"tried {tries} times")} in {took.TotalSeconds:0.0} s)",
            RemedyAfterTries(address, failed),
            innerException: failed.Cause
        );

    /// <summary>A registry that asks for a longer pause than a request may take.</summary>
    public static LadingException Busy(
        string attempted,
        RegistryAddress address,
        FailedAttempt failed,
        TimeSpan total
    ) =>
        new(
            $"{attempted} at {address.Host}",
            $"{failed.Text}, and asks for a pause of {failed.Asked!.Value.TotalSeconds:0} s, which is more than the {total.TotalSeconds:0} s that one request may take",
            "Try again after that."
        );

    /// <summary>A registry that points to a forbidden address.</summary>
    public static LadingException Forbidden(string attempted, RegistryAddress address, Uri target) =>
        new(
            $"{attempted} at {address.Host}",
            $"the registry points to {target.Scheme}://{target.Authority}, a private or unencrypted address, which is not followed",
            "See whether the registry, or a proxy before it, is set up wrongly."
        );

    private static string Remedy(RegistryAddress address, RegistryError error, bool hasLogin = false) =>
        error switch
        {
            { Status: HttpStatusCode.Unauthorized } when hasLogin =>
                $"The login that is kept for {address.Host} was sent: it is wrong, over, or not enough for this. Log in again: docker login {address.Host}",
            { Status: HttpStatusCode.Unauthorized } => $"Log in: docker login {address.Host}",
            { Code: "BLOB_UNKNOWN" } =>
                "The image was pushed without it, or it was deleted since: push the image again.",
            { Code: "NAME_UNKNOWN" } => "Create the repository first, or publish without --no-create.",
            { Status: HttpStatusCode.Forbidden } or { Code: "DENIED" } =>
                "Make sure that these credentials may do this in the repository.",
            { Status: HttpStatusCode.TooManyRequests } => "Wait a while, or log in: registries limit anonymous pulls.",
            _ => "",
        };

    private static string RemedyAfterTries(RegistryAddress address, FailedAttempt failed) =>
        failed switch
        {
            { Cause: ProxyFailureException proxy } => proxy.Remedy,
            { Cause: HttpRequestException { InnerException: AuthenticationException } } =>
                "Make sure that its certificate is trusted here: by the system, or in the file that SSL_CERT_FILE names. For a registry that speaks plain HTTP, use --plain-http, or insecure in lading.json.",
            { Cause: ContentMismatchException } =>
                "What is stored there is damaged, or something between changes it: push it again, or copy from another place.",
            RefusedAttempt { Error: { Status: HttpStatusCode.TooManyRequests } error } => Remedy(address, error),
            _ => "Check that the registry is up and can be reached from here, and try again.",
        };
}
