using Lading.Oci;

namespace Lading.Aws;

/// <summary>
/// The address of IAM: one for each partition, whatever the region. Requests to it are signed for a region of its own.
/// </summary>
/// <remarks>According to botocore's endpoint rules.</remarks>
internal static class IamAddress
{
    /// <summary>The region of signatures.</summary>
    /// <param name="region">The region of the session.</param>
    public static string RegionOf(string region) =>
        EcrAddress.PartitionOf(region) switch
        {
            "aws" => "us-east-1",
            "aws-cn" => "cn-north-1",
            "aws-us-gov" => "us-gov-west-1",
            _ => $"{string.Join('-', region.Split('-').Take(2))}-east-1",
        };

    /// <summary>The name of its host.</summary>
    /// <param name="region">The region of the session.</param>
    /// <param name="suffix">The suffix of the partition's host names.</param>
    /// <param name="dualSuffix">The suffix of dual-stack host names.</param>
    /// <param name="isFips">Whether to use a FIPS endpoint.</param>
    /// <param name="isDual">Whether to use a dual-stack endpoint.</param>
    public static string HostOf(string region, string suffix, string dualSuffix, bool isFips, bool isDual)
    {
        var partition = EcrAddress.PartitionOf(region);
        if (partition == "aws-us-gov")
        {
            return $"iam.us-gov.{(isDual ? dualSuffix : suffix)}";
        }

        var hasOwnRegion = partition is not ("aws" or "aws-cn");
        var isChina = partition == "aws-cn";
        var name = isFips ? "iam-fips" : "iam";
        if (isDual)
        {
            var isGlobal = !hasOwnRegion && !(isChina && isFips);
            return $"{name}{(isGlobal ? ".global" : "")}.{dualSuffix}";
        }

        return !isFips && (isChina || hasOwnRegion) ? $"{name}.{RegionOf(region)}.{suffix}" : $"{name}.{suffix}";
    }
}
