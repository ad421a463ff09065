using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>A role, assumed with the token of a CI system or cluster through STS in the environment's own region.</summary>
internal sealed class RegionalWebIdentity(
    AwsSettings settings,
    HttpConnections http,
    string tokenFile,
    string role,
    string? sessionName
) : AssumeRoleWithWebIdentityCredentials(tokenFile, role, sessionName ?? "lading")
{
    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Credentials are asked for asynchronously.");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var token = await File.ReadAllTextAsync(WebIdentityTokenFile).ConfigureAwait(false);
        using var sts = SdkClients.Sts(settings, http, new AnonymousAWSCredentials());
        ICoreAmazonSTS core = sts;
        var assumed = await core.CredentialsFromAssumeRoleWithWebIdentityAuthenticationAsync(
                token,
                RoleArn,
                RoleSessionName,
                new AssumeRoleWithWebIdentityCredentialsOptions()
            )
            .ConfigureAwait(false);
        return new CredentialsRefreshState(assumed, assumed.Expiration);
    }
}
