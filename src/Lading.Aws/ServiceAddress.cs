using Amazon;
using Lading.Aws.Profiles;
using Lading.Oci;
using Lading.Registry;

namespace Lading.Aws;

/// <summary>The address of a service: its own in the region, or one that the user set.</summary>
/// <param name="Root">The address.</param>
/// <param name="Origin">The variable or profile that sets it; null for the service's own.</param>
internal sealed record ServiceAddress(Uri Root, string? Origin)
{
    /// <summary>The region of signatures; null for that of the session, as for nearly all services.</summary>
    public string? Region { get; private init; }

    /// <summary>
    /// The address of a service: <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, then <c>AWS_ENDPOINT_URL</c>, then the profile's, then AWS's
    /// own, with the precedence of all AWS tools.
    /// </summary>
    /// <exception cref="LadingException">The setting is not a URL, or is plain HTTP to another machine.</exception>
    public static ServiceAddress Of(AwsService service, AwsSettings settings, string? profile) =>
        (FindSet(service, settings, profile) ?? new ServiceAddress(OfAws(service, settings), null)) with
        {
            Region = service == AwsService.Iam ? IamAddress.RegionOf(settings.Region) : null,
        };

    /// <summary>The address in a variable or the profile; null for AWS's own.</summary>
    /// <exception cref="LadingException">The setting is not a URL, or is plain HTTP to another machine.</exception>
    public static ServiceAddress? FindSet(AwsService service, AwsSettings settings, string? profile)
    {
        var used = profile is null ? settings.SettingsProfile : settings.Shared.Find(profile);
        if (
            SharedConfiguration.IsTrue(
                settings.Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
                    ?? used?.Find("ignore_configured_endpoint_urls")
            )
        )
        {
            return null;
        }

        foreach (var variable in new[] { $"AWS_ENDPOINT_URL_{service.Id}", "AWS_ENDPOINT_URL" })
        {
            if (settings.Variable(variable) is { } url)
            {
                return Check(service, url, variable);
            }
        }

        return used is not null && settings.Shared.FindEndpoint(used, service) is { } configured
            ? Check(service, configured, $"profile {used.Name}")
            : null;
    }

    private static Uri OfAws(AwsService service, AwsSettings settings)
    {
        if (!Uri.CheckHostName(settings.Region).Equals(UriHostNameType.Dns))
        {
            throw LadingException.Usage(
                $"Could not reach {service.Title} for {settings.Subject}",
                $"'{settings.Region}' is not an AWS region",
                "Correct \"region\" in lading.json."
            );
        }

        var suffix = RegionEndpoint.GetBySystemName(settings.Region).PartitionDnsSuffix;
        var isFips = Is(settings, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        var isDual = Is(settings, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        if (service == AwsService.Iam)
        {
            return new Uri(
                $"https://{IamAddress.HostOf(settings.Region, suffix, DualStackOf(suffix), isFips, isDual)}/"
            );
        }

        // Dual-stack hosts do not have the "api." of ECR: ecr.us-east-1.api.aws. GovCloud's STS is FIPS under its plain name.
        var isFipsAsItIs = service == AwsService.Sts && EcrAddress.PartitionOf(settings.Region) == "aws-us-gov";
        var prefix = (isDual ? service.Name : service.Host) + (isFips && (isDual || !isFipsAsItIs) ? "-fips" : "");
        if (service == AwsService.S3 && isDual)
        {
            // S3 has its own dual-stack names (Amazon S3 user guide, "Using dual-stack endpoints").
            return new Uri($"https://{prefix}.dualstack.{settings.Region}.{suffix}/");
        }

        return new Uri($"https://{prefix}.{settings.Region}.{(isDual ? DualStackOf(suffix) : suffix)}/");
    }

    private static bool Is(AwsSettings settings, string variable, string setting) =>
        SharedConfiguration.IsTrue(settings.Setting(variable, setting));

    /// <summary>The suffix of dual-stack names.</summary>
    private static string DualStackOf(string suffix) =>
        suffix switch
        {
            "amazonaws.com" => "api.aws",
            "amazonaws.com.cn" => "api.amazonwebservices.com.cn",
            "amazonaws.eu" => "api.amazonwebservices.eu",
            "c2s.ic.gov" => "api.aws.ic.gov",
            "sc2s.sgov.gov" => "api.aws.scloud",
            "cloud.adc-e.uk" => "api.cloud-aws.adc-e.uk",
            "csp.hci.ic.gov" => "api.aws.hci.ic.gov",
            _ => suffix,
        };

    private static ServiceAddress Check(AwsService service, string url, string origin)
    {
        var attempted = $"Could not reach {service.Title}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
        {
            throw LadingException.Usage(
                attempted,
                $"{origin} is not a URL",
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
