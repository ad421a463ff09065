using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Lading.Aws;

/// <summary>The address that a profile gives a service: <c>endpoint_url</c>, its own or that of its <c>services</c> section.</summary>
internal static class ProfileEndpoint
{
    /// <summary>What the profile says; null where it says nothing.</summary>
    public static string? Find(AwsService service, string profile, string? profilesFile)
    {
        if (!new CredentialProfileStoreChain(profilesFile).TryGetProfile(profile, out var found))
        {
            return null;
        }

        // Only the SDK reads the services section; most profiles have none, and need no more than this look.
        return found.IgnoreConfiguredEndpointUrls == true ? null
            : found.Services is null ? found.EndpointUrl
            : new Question { ServiceId = service.Id, Profile = new Profile(profile, profilesFile) }.ServiceURL;
    }

    private sealed class Question() : ClientConfig(new Defaults())
    {
        public override string ServiceVersion => "";

        public override string UserAgent => "lading";

        public override string RegionEndpointServiceName => "";

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
            throw new NotSupportedException();
    }

    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(
            RegionEndpoint clientRegion,
            DefaultConfigurationMode? requestedConfigurationMode = null
        ) => new DefaultConfiguration();
    }
}
