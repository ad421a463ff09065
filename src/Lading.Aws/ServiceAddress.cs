using Amazon;
using Lading.Aws.Profiles;
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
        if (!SharedConfiguration.IsTrue(settings.Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")))
        {
            foreach (var variable in new[] { $"AWS_ENDPOINT_URL_{service.Id}", "AWS_ENDPOINT_URL" })
            {
                if (settings.Variable(variable) is { } url)
                {
                    return Check(service, url, variable);
                }
            }

            var used = profile is null ? settings.SettingsProfile : settings.Shared.Find(profile);
            if (used is not null && settings.Shared.FindEndpoint(used, service) is { } configured)
            {
                return Check(service, configured, $"profile {used.Name}");
            }
        }

        return new ServiceAddress(OfAws(service, settings), null);
    }

    private static Uri OfAws(AwsService service, AwsSettings settings)
    {
        if (!Uri.CheckHostName(settings.Region).Equals(UriHostNameType.Dns))
        {
            throw LadingException.Usage(
                $"Could not reach {service.Title} for {settings.Subject}",
                $"'{settings.Region}' is no AWS region",
                "Correct \"region\" in lading.json."
            );
        }

        var suffix = RegionEndpoint.GetBySystemName(settings.Region).PartitionDnsSuffix;
        var isFips = Is(settings, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        var isDual = Is(settings, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        // ECR's FIPS and dual-stack hosts have no "api.": ecr-fips.us-east-1.amazonaws.com, ecr.us-east-1.api.aws.
        var prefix =
            isFips ? $"{service.Name}-fips"
            : isDual ? service.Name
            : service.Host;
        return new Uri($"https://{prefix}.{settings.Region}.{(isDual ? DualStackOf(suffix) : suffix)}/");
    }

    private static bool Is(AwsSettings settings, string variable, string setting) =>
        SharedConfiguration.IsTrue(settings.Setting(variable, setting));

    /// <summary>The suffix of names that have addresses of both kinds.</summary>
    private static string DualStackOf(string suffix) =>
        suffix switch
        {
            "amazonaws.com" => "api.aws",
            "amazonaws.com.cn" => "api.amazonwebservices.com.cn",
            _ => suffix,
        };

    private static ServiceAddress Check(AwsService service, string url, string origin)
    {
        var attempted = $"Could not reach {service.Title}";
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
}
