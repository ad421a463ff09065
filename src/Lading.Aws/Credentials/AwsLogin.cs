using Amazon.Runtime;

namespace Lading.Aws.Credentials;

/// <summary>Credentials, and where they come from.</summary>
/// <param name="Kind">How they are renewed.</param>
/// <param name="Source">What people call them: <c>profile storefront-dev</c>, <c>AWS_ACCESS_KEY_ID</c>.</param>
/// <param name="Credentials">The SDK's, which renew themselves where they can.</param>
internal sealed record AwsLogin(LoginKind Kind, string Source, AWSCredentials Credentials)
{
    /// <summary>The profile, if one was used.</summary>
    public string? Profile { get; init; }

    /// <summary>The profile that <c>aws sso login</c> or <c>aws login</c> is given: this one, or the one that its role is taken on with.</summary>
    public string? LoginProfile { get; init; }

    /// <summary>What to do when they have expired, as a sentence.</summary>
    public string Renewal =>
        Kind switch
        {
            LoginKind.Variables =>
                "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN again, or unset them and use a profile.",
            LoginKind.SingleSignOn => $"Run 'aws sso login --profile {LoginProfile}'.",
            LoginKind.ConsoleLogin => $"Run 'aws login --profile {LoginProfile}'.",
            LoginKind.WebIdentity => "Make sure that the file of AWS_WEB_IDENTITY_TOKEN_FILE is renewed.",
            LoginKind.Keys => $"Renew the keys of profile {Profile} with 'aws configure --profile {Profile}'.",
            LoginKind.Program => $"See what the credential_process of profile {Profile} answers.",
            LoginKind.Role => $"Renew the credentials that profile {Profile} takes its role on with.",
            _ => "They renew themselves: try again in a minute.",
        };

    /// <summary>The keys to sign with now; asked before each call, since they may be renewed in between.</summary>
    /// <exception cref="LadingException">There are none.</exception>
    public async Task<ImmutableCredentials> GetKeysAsync(AwsSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await Credentials.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (CredentialFailure.IsOne(e))
        {
            throw CredentialFailure.Of(e, this, settings);
        }
    }
}

/// <summary>Where credentials come from, as far as renewing them differs.</summary>
internal enum LoginKind
{
    /// <summary><c>AWS_ACCESS_KEY_ID</c> and its fellows.</summary>
    Variables,

    /// <summary>The token of a CI system or cluster, in the file that <c>AWS_WEB_IDENTITY_TOKEN_FILE</c> names.</summary>
    WebIdentity,

    /// <summary>Keys in the profile itself.</summary>
    Keys,

    /// <summary>IAM Identity Center, perhaps with a role after it.</summary>
    SingleSignOn,

    /// <summary>What <c>aws login</c> keeps, perhaps with a role after it.</summary>
    ConsoleLogin,

    /// <summary>A role that the profile takes on with other credentials.</summary>
    Role,

    /// <summary>A program of the user's (<c>credential_process</c>).</summary>
    Program,

    /// <summary>The role of the container or machine that this runs on.</summary>
    Compute,
}
