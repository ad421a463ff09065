using Amazon.Runtime;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>A role, assumed through STS in the environment's own region.</summary>
internal sealed class RegionalRole : AssumeRoleAWSCredentials
{
    private readonly AwsSettings settings;
    private readonly HttpConnections http;

    /// <param name="settings">The settings of the environment.</param>
    /// <param name="http">The connections.</param>
    /// <param name="role">The role's ARN.</param>
    /// <param name="session">The name of the session.</param>
    /// <param name="options">The profile's other settings for the role.</param>
    /// <param name="source">The credentials that assume it.</param>
    public RegionalRole(
        AwsSettings settings,
        HttpConnections http,
        string role,
        string session,
        AssumeRoleAWSCredentialsOptions options,
        AWSCredentials source
    )
        : base(source, role, session, options)
    {
        this.settings = settings;
        this.http = http;
        if (options.MfaSerialNumber is { Length: > 0 } serial)
        {
            options.MfaTokenCodeCallback = () =>
                settings.AskCode?.Invoke(serial)
                ?? throw new LadingException(
                    CredentialFailure.Attempted(settings),
                    $"role {role} needs a code of the MFA device {serial}, and there is no terminal to ask for it",
                    "Run this in a terminal, or assume the role first and pass its credentials as AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN."
                );
        }
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Credentials are asked for asynchronously.");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = SdkClients.Sts(settings, http, SourceCredentials);
        Amazon.Runtime.SharedInterfaces.ICoreAmazonSTS core = sts;
        var assumed = await core.CredentialsFromAssumeRoleAuthenticationAsync(RoleArn, RoleSessionName, Options)
            .ConfigureAwait(false);
        return new CredentialsRefreshState(assumed, assumed.Expiration);
    }
}
