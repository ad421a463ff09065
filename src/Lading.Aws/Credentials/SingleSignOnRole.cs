using Amazon.Runtime;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>
/// A role of IAM Identity Center. The SDK stores and renews its login, and requests the role's keys with the clients of <see
/// cref="SdkClients"/>: over this session's connections, at its configured addresses.
/// </summary>
internal sealed class SingleSignOnRole(
    AwsSettings settings,
    HttpConnections http,
    string account,
    string region,
    string role,
    string startUrl,
    SSOAWSCredentialsOptions options
) : SSOAWSCredentials(account, region, role, startUrl, options)
{
    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Credentials are asked for asynchronously.");

    protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        SdkClients.UseForSingleSignOn(settings, http);
        return base.GenerateNewCredentialsAsync();
    }
}
