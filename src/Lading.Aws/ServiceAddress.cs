using Amazon;
using Lading.Registry;

namespace Lading.Aws;

/// <summary>Where a service is called: its own address in the region, or one that the user set.</summary>
/// <param name="Root">The address.</param>
/// <param name="Origin">What names it: a variable, or a profile; null for the service's own.</param>
internal sealed record ServiceAddress(Uri Root, string? Origin)
{
    /// <summary>
    /// The address of a service: <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, then <c>AWS_ENDPOINT_URL</c>, then what the profile
    /// says, then AWS itself, as all of AWS's tools look it up.
    /// </summary>
    /// <exception cref="LadingException">What is set is no address, or plain HTTP to another machine.</exception>
    public static ServiceAddress Of(AwsService service, AwsSettings settings, string? profile)
    {
        if (!IsTrue(settings.Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")))
        {
            foreach (var variable in new[] { $"AWS_ENDPOINT_URL_{service.Id}", "AWS_ENDPOINT_URL" })
            {
                if (settings.Variable(variable) is { } url)
                {
                    return Check(service, url, variable);
                }
            }

            if (profile is not null && ProfileEndpoint.Find(service, profile, settings.ProfilesFile) is { } configured)
            {
                return Check(service, configured, $"profile {profile}");
            }
        }

        return new ServiceAddress(OfAws(service, settings), null);
    }

    private static Uri OfAws(AwsService service, AwsSettings settings)
    {
        if (!Uri.CheckHostName(settings.Region).Equals(UriHostNameType.Dns))
        {
            throw LadingException.Usage(
                $"Could not reach {service.Id} for {settings.Subject}",
                $"'{settings.Region}' is no AWS region",
                "Correct \"region\" in lading.json."
            );
        }

        var suffix = RegionEndpoint.GetBySystemName(settings.Region).PartitionDnsSuffix;
        var prefix = service.Host;
        if (IsTrue(settings.Variable("AWS_USE_FIPS_ENDPOINT")))
        {
            // ECR's FIPS host has no "api.": ecr-fips.us-east-1.amazonaws.com.
            prefix = $"{service.Name}-fips";
        }

        return new Uri($"https://{prefix}.{settings.Region}.{suffix}/");
    }

    private static ServiceAddress Check(AwsService service, string url, string origin)
    {
        var attempted = $"Could not reach {service.Id}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
        {
            throw LadingException.Usage(
                attempted,
                $"{origin} names no address",
                "Write it as https://host, or http://127.0.0.1:port."
            );
        }

        return root.Scheme == "https" || RegistryAddress.IsLoopback(root.Host)
            ? new ServiceAddress(root.AbsolutePath.EndsWith('/') ? root : new Uri(root.AbsoluteUri + "/"), origin)
            : throw LadingException.Usage(
                attempted,
                $"{origin} names http://{root.Authority}, which is not encrypted and not this machine",
                "Use https, or an address on loopback."
            );
    }

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
