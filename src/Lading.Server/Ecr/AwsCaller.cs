using System.Text.RegularExpressions;

namespace Lading.Server.Ecr;

/// <summary>Who calls an AWS operation, as the signature says (AWS Signature Version 4, "Authorization").</summary>
internal static partial class AwsCaller
{
    /// <summary>The region that the request was signed for; the registry's own where it was not.</summary>
    public static string RegionOf(Exchange exchange)
    {
        var scope = Scope().Match(exchange.Request.Headers.Authorization.ToString());
        return scope.Success ? scope.Groups["region"].Value : exchange.Registry.Options.Region;
    }

    [GeneratedRegex(
        @"Credential=[^/,\s]+/[0-9]{8}/(?<region>[a-z0-9-]{1,40})/[a-z0-9-]+/aws4_request",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Scope();
}
