using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace Lading.Aws;

/// <summary>Finds credentials with the SDK's own means: a profile with all it may say (roles, SSO, processes), or the default chain.</summary>
internal static class AwsCredentials
{
    /// <exception cref="LadingException">There are none, or they could not be had.</exception>
    public static async Task<ImmutableCredentials> GetAsync(AwsSettings settings)
    {
        var attempted = $"Could not get AWS credentials for environment {settings.Environment}";
        try
        {
            var credentials = settings.Profile is { } profile
                ? OfProfile(profile, attempted)
                : await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(null).ConfigureAwait(false);
            return await credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (AmazonClientException e)
        {
            throw new LadingException(attempted, FirstLine(e), Remedy(settings, e), innerException: e);
        }
    }

    private static AWSCredentials OfProfile(string profile, string attempted)
    {
        var chain = new CredentialProfileStoreChain();
        return chain.TryGetAWSCredentials(profile, out var credentials)
            ? credentials
            : throw LadingException.Usage(
                attempted,
                $"there is no profile {profile}, or it has no credentials",
                $"Run 'aws configure sso --profile {profile}', or correct \"profile\" in lading.json. Profiles: {string.Join(", ", chain.ListProfiles().Select(p => p.Name).DefaultIfEmpty("none"))}."
            );
    }

    private static string Remedy(AwsSettings settings, Exception e) =>
        e.ToString().Contains("SSO", StringComparison.OrdinalIgnoreCase)
            ? $"Run 'aws sso login{ProfileOption(settings)}'."
        : settings.Profile is null
            ? "Set AWS_PROFILE, name a \"profile\" for the environment in lading.json, or run 'aws configure sso'."
        : $"See that 'aws sts get-caller-identity{ProfileOption(settings)}' works.";

    internal static string ProfileOption(AwsSettings settings) =>
        settings.Profile is { } profile ? $" --profile {profile}" : "";

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Split(". ")[0].TrimEnd('.', '\r');
}
