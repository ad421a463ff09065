using System.Text.RegularExpressions;

namespace Lading.Oci;

/// <summary>The ECR registry of an account and region, as image references name it.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Region">Such as <c>eu-central-1</c>.</param>
internal sealed partial record EcrAddress(string Account, string Region)
{
    /// <summary>The host of the public gallery, which has no account and no region.</summary>
    public const string Public = "public.ecr.aws";

    /// <summary>The form of the host that was parsed.</summary>
    public EcrHostForm Form { get; private init; }

    /// <summary>The host in its standard form: <c>111111111111.dkr.ecr.eu-central-1.amazonaws.com</c>.</summary>
    public string Host => $"{Account}.dkr.ecr.{Region}.{SuffixOf(Region)}";

    /// <summary>The suffix of AWS host names in a region: its partition's domain, CloudFormation's <c>AWS::URLSuffix</c>.</summary>
    public static string SuffixOf(string region) =>
        PartitionOf(region) switch
        {
            "aws-cn" => "amazonaws.com.cn",
            "aws-iso" => "c2s.ic.gov",
            "aws-iso-b" => "sc2s.sgov.gov",
            "aws-iso-e" => "cloud.adc-e.uk",
            "aws-iso-f" => "csp.hci.ic.gov",
            "aws-eusc" => "amazonaws.eu",
            _ => "amazonaws.com",
        };

    /// <summary>The partition of a region, as in ARNs: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</summary>
    public static string PartitionOf(string region) =>
        region.Split('-') switch
        {
            ["cn", ..] => "aws-cn",
            ["us", "gov", ..] => "aws-us-gov",
            ["us", "iso", ..] => "aws-iso",
            ["us", "isob", ..] => "aws-iso-b",
            ["us", "isof", ..] => "aws-iso-f",
            ["eu", "isoe", ..] => "aws-iso-e",
            ["eusc", ..] => "aws-eusc",
            _ => "aws",
        };

    /// <summary>Parses a host of ECR, including its FIPS and dual-stack forms; false for any other host.</summary>
    public static bool TryParse(
        string? host,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EcrAddress? address
    )
    {
        var match = HostPattern().Match(host ?? "");
        address = match.Success
            ? new EcrAddress(match.Groups["account"].Value, match.Groups["region"].Value)
            {
                Form =
                    (match.Groups["fips"].Success ? EcrHostForm.Fips : EcrHostForm.Standard)
                    | (match.Groups["dual"].Success ? EcrHostForm.DualStack : EcrHostForm.Standard),
            }
            : null;
        return match.Success;
    }

    public override string ToString() => Host;

    [GeneratedRegex(
        @"^(?<account>[0-9]{12})\.(?:dkr\.ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)|(?<dual>dkr-ecr)(?<fips>-fips)?\.(?<region>[a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex HostPattern();
}

/// <summary>The forms of an ECR registry's host (Amazon ECR, "Private registries" and "Dual-stack and FIPS endpoints").</summary>
[Flags]
internal enum EcrHostForm
{
    /// <summary><c>….dkr.ecr.REGION.amazonaws.com</c>.</summary>
    Standard = 0,

    /// <summary><c>….dkr.ecr-fips.REGION.amazonaws.com</c>.</summary>
    Fips = 1,

    /// <summary><c>….dkr-ecr.REGION.on.aws</c>, over IPv4 and IPv6.</summary>
    DualStack = 2,
}
