using Amazon;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace Lading.Aws.Credentials;

/// <summary>The clients that the SDK's credentials call services with. It would look them up by name, which a trimmed program cannot.</summary>
internal static class SdkClients
{
    /// <summary>Tells the SDK of the clients for IAM Identity Center. Telling it twice changes nothing.</summary>
    public static void Register()
    {
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(),
            context.SSOClientContextData.Region
        ));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(),
            context.SSOOIDCClientContextData.Region
        ));
    }

    /// <summary>A client of STS.</summary>
    public static AmazonSecurityTokenServiceClient Sts(AwsSettings settings, AWSCredentials credentials)
    {
        var config = new AmazonSecurityTokenServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region),
        };
        var address = ServiceAddress.Of(AwsService.Sts, settings, profile: null);
        if (address.Origin is not null)
        {
            config.ServiceURL = address.Root.AbsoluteUri;
            config.AuthenticationRegion = settings.Region;
        }

        return new AmazonSecurityTokenServiceClient(credentials, config);
    }
}
