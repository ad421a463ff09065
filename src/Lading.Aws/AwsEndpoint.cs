using Amazon;
using Amazon.Runtime.CredentialManagement;

namespace Lading.Aws;

/// <summary>Where a service is: what the user says (<c>AWS_ENDPOINT_URL_ECR</c>, <c>AWS_ENDPOINT_URL</c>, <c>endpoint_url</c> of the profile), else its regional address.</summary>
internal static class AwsEndpoint
{
    /// <param name="service">The service.</param>
    /// <param name="settings">Region and profile.</param>
    /// <param name="variable">Gives environment variables.</param>
    public static Uri Of(AwsService service, AwsSettings settings, Func<string, string?> variable)
    {
        var ignored = string.Equals(
            variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
            "true",
            StringComparison.OrdinalIgnoreCase
        );
        var configured = ignored
            ? null
            : variable($"AWS_ENDPOINT_URL_{service.Name.ToUpperInvariant()}")
                ?? variable("AWS_ENDPOINT_URL")
                ?? OfProfile(settings.Profile ?? variable("AWS_PROFILE"));
        if (configured is not null)
        {
            return
                Uri.TryCreate(configured.TrimEnd('/') + "/", UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https"
                ? address
                : throw LadingException.Usage(
                    $"Could not speak to {service.Name}",
                    $"'{configured}' is no address",
                    "Correct AWS_ENDPOINT_URL."
                );
        }

        var suffix = RegionEndpoint.GetBySystemName(settings.Region).PartitionDnsSuffix;
        return new Uri($"https://{service.Host}.{settings.Region}.{suffix}/");
    }

    private static string? OfProfile(string? profile) =>
        profile is not null && new CredentialProfileStoreChain().TryGetProfile(profile, out var found)
            ? found.EndpointUrl
            : null;
}
