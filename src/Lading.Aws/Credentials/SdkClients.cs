using Amazon;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>The clients that the SDK's credentials call services with. It would look them up by name, which a trimmed program cannot.</summary>
internal static class SdkClients
{
    /// <summary>Tells the SDK of the clients for IAM Identity Center. Telling it twice changes nothing.</summary>
    /// <param name="http">The connections, with the proxies that everything else uses.</param>
    public static void Register(HttpConnections http)
    {
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(),
            new AmazonSSOConfig
            {
                RegionEndpoint = context.SSOClientContextData.Region,
                HttpClientFactory = new SharedConnections(http),
            }
        ));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(),
            new AmazonSSOOIDCConfig
            {
                RegionEndpoint = context.SSOOIDCClientContextData.Region,
                HttpClientFactory = new SharedConnections(http),
            }
        ));
    }

    /// <summary>A client of STS.</summary>
    public static AmazonSecurityTokenServiceClient Sts(
        AwsSettings settings,
        HttpConnections http,
        AWSCredentials credentials
    )
    {
        var config = new AmazonSecurityTokenServiceConfig
        {
            ServiceURL = ServiceAddress.Of(AwsService.Sts, settings, profile: null).Root.AbsoluteUri,
            AuthenticationRegion = settings.Region,
            HttpClientFactory = new SharedConnections(http),
        };
        return new AmazonSecurityTokenServiceClient(credentials, config);
    }

    /// <summary>Has the SDK send what it sends over the connections that everything else uses.</summary>
    private sealed class SharedConnections(HttpConnections http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http.Client;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
