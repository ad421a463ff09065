using Amazon.Runtime;

namespace Lading.Aws.Credentials;

/// <summary>A role, taken on through STS in the environment's own region.</summary>
internal sealed class RegionalRole : AssumeRoleAWSCredentials
{
    private readonly AwsSettings settings;

    /// <param name="settings">How AWS is reached.</param>
    /// <param name="role">The role as the profile says it.</param>
    /// <param name="source">The credentials that it is taken on with.</param>
    public RegionalRole(AwsSettings settings, AssumeRoleAWSCredentials role, AWSCredentials source)
        : base(source, role.RoleArn, role.RoleSessionName, role.Options)
    {
        this.settings = settings;
        if (role.Options.MfaSerialNumber is { Length: > 0 } serial)
        {
            role.Options.MfaTokenCodeCallback = () =>
                settings.AskCode?.Invoke(serial)
                ?? throw new LadingException(
                    CredentialFailure.Attempted(settings),
                    $"role {role.RoleArn} wants a code of the MFA device {serial}, and nobody is here to give it",
                    "Run this in a terminal, or take the role on before and hand its credentials on as AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN."
                );
        }
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Credentials are asked for asynchronously.");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = SdkClients.Sts(settings, SourceCredentials);
        Amazon.Runtime.SharedInterfaces.ICoreAmazonSTS core = sts;
        var taken = await core.CredentialsFromAssumeRoleAuthenticationAsync(RoleArn, RoleSessionName, Options)
            .ConfigureAwait(false);
        return new CredentialsRefreshState(taken, taken.Expiration);
    }
}
