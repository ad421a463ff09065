namespace Lading.Aws;

/// <summary>Failures of access, which every operation may have, with what mends them.</summary>
internal static class AwsFailure
{
    /// <summary>Null where the error is the operation's own matter.</summary>
    public static LadingException? Of(
        AwsService service,
        string operation,
        string attempted,
        AwsSettings settings,
        AwsError error
    )
    {
        var login = $"Run 'aws sso login{AwsCredentials.ProfileOption(settings)}', or get new credentials another way.";
        var who = settings.Profile is { } profile ? $"profile {profile}" : "the default credentials";
        return error.Code switch
        {
            "ExpiredToken" or "ExpiredTokenException" => new LadingException(
                attempted,
                $"the credentials of {who} have expired",
                login
            ),
            "UnrecognizedClientException" or "InvalidClientTokenId" or "AuthFailure" => new LadingException(
                attempted,
                $"AWS does not know the credentials of {who} ({error.Text})",
                login
            ),
            "InvalidSignatureException" or "SignatureDoesNotMatch" => new LadingException(
                attempted,
                $"AWS refuses the signature of {who} ({error.Text})",
                "See that the secret key is right, and the clock of this machine."
            ),
            "AccessDeniedException" or "AccessDenied" => new LadingException(
                attempted,
                $"{who} may not do {service.Name}:{operation} ({error.Text})",
                $"Allow {service.Name}:{operation} in the policy of that role or user (docs/iam.md)."
            ),
            _ => null,
        };
    }
}
