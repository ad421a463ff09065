using Amazon;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>
/// The clients with which the SDK's credentials call services. The SDK would find them by reflection, which does not
/// work in a trimmed program.
/// </summary>
internal static class SdkClients
{
    private static readonly AsyncLocal<(AwsSettings Settings, HttpConnections Http)> Current = new();
    private static int registered;

    /// <summary>
    /// Sets the connections and addresses of the SDK's IAM Identity Center clients, for the current asynchronous flow.
    /// </summary>
    /// <param name="settings">The settings of the environment.</param>
    /// <param name="http">The connections, with the proxies and certificate authorities that everything else uses.</param>
    public static void UseForSingleSignOn(AwsSettings settings, HttpConnections http)
    {
        Current.Value = (settings, http);
        if (Interlocked.Exchange(ref registered, 1) == 1)
        {
            return;
        }

        // One registration for the whole process, for all sessions.
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(),
            Prepare(new AmazonSSOConfig(), AwsService.Sso, context.SSOClientContextData.Region)
        ));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(),
            Prepare(new AmazonSSOOIDCConfig(), AwsService.SsoOidc, context.SSOOIDCClientContextData.Region)
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

    private static T Prepare<T>(T config, AwsService service, RegionEndpoint region)
        where T : ClientConfig
    {
        var (settings, http) = Current.Value;
        config.HttpClientFactory = new SharedConnections(http);
        if (ServiceAddress.FindSet(service, settings, profile: null) is { } address)
        {
            config.ServiceURL = address.Root.AbsoluteUri;
            config.AuthenticationRegion = region.SystemName;
        }
        else
        {
            config.RegionEndpoint = region;
        }

        return config;
    }

    /// <summary>Lets the SDK send its requests over the shared connections.</summary>
    private sealed class SharedConnections(HttpConnections http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http.Client;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
