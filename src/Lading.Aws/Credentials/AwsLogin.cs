using Amazon.Runtime;
using Lading.Configuration;

namespace Lading.Aws.Credentials;

/// <summary>Credentials, and their source.</summary>
/// <param name="Kind">How they are renewed.</param>
/// <param name="Source">Their source in messages: <c>profile storefront-dev</c>, <c>AWS_ACCESS_KEY_ID</c>.</param>
/// <param name="Credentials">The SDK's credentials, which renew themselves if they can.</param>
internal sealed record AwsLogin(LoginKind Kind, string Source, AWSCredentials Credentials)
{
    /// <summary>The profile, if one was used.</summary>
    public string? Profile { get; init; }

    /// <summary>The profile for <c>aws sso login</c> or <c>aws login</c>: this one, or the one whose credentials assume its role.</summary>
    public string? LoginProfile { get; init; }

    /// <summary>What to do if they have expired, as a sentence.</summary>
    public string Renewal =>
        Kind switch
        {
            LoginKind.Variables =>
                "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN again, or unset them and use a profile.",
            LoginKind.SingleSignOn => $"Run 'aws sso login{LoginOptions}'.",
            LoginKind.ConsoleLogin => $"Run 'aws login{LoginOptions}'.",
            LoginKind.WebIdentity => "Make sure that the file of AWS_WEB_IDENTITY_TOKEN_FILE is renewed.",
            LoginKind.Keys =>
                $"Renew the keys of profile {Profile} with 'aws configure{AwsCliOptions.Of(null, Profile)}'.",
            LoginKind.Program => $"See what the credential_process of profile {Profile} answers.",
            LoginKind.Role => $"Renew the credentials that profile {Profile} assumes its role with.",
            _ => "They renew themselves: try again in a minute.",
        };

    private string LoginOptions => AwsCliOptions.Of(null, LoginProfile);

    /// <summary>The current keys for signatures; requested before each call, since they may have been renewed.</summary>
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

/// <summary>Kinds of credentials, by how they are renewed.</summary>
internal enum LoginKind
{
    /// <summary><c>AWS_ACCESS_KEY_ID</c> and its companions.</summary>
    Variables,

    /// <summary>The token of a CI system or cluster, in the file in <c>AWS_WEB_IDENTITY_TOKEN_FILE</c>.</summary>
    WebIdentity,

    /// <summary>Keys in the profile itself.</summary>
    Keys,

    /// <summary>IAM Identity Center, possibly with an assumed role.</summary>
    SingleSignOn,

    /// <summary>The login of <c>aws login</c>, possibly with an assumed role.</summary>
    ConsoleLogin,

    /// <summary>A role that the profile assumes with other credentials.</summary>
    Role,

    /// <summary>The user's own program (<c>credential_process</c>).</summary>
    Program,

    /// <summary>The role of the container or machine.</summary>
    Compute,
}
