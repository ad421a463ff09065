namespace Lading.Aws;

/// <summary>Where IAM is: one address for each partition, whatever the region, and signatures are for the region that it is in.</summary>
/// <remarks>As botocore's rules of endpoints have it.</remarks>
internal static class IamAddress
{
    /// <summary>The region that signatures are for.</summary>
    /// <param name="region">The region of the session.</param>
    public static string RegionOf(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "cn-north-1"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "us-gov-west-1"
        : IsOfOwnPartition(region)
            ? $"{region[..region.IndexOf('-', region.IndexOf('-', StringComparison.Ordinal) + 1)]}-east-1"
        : "us-east-1";

    /// <summary>The name of its host.</summary>
    /// <param name="region">The region of the session.</param>
    /// <param name="suffix">Of the partition's names.</param>
    /// <param name="dualSuffix">Of those that have addresses of both kinds.</param>
    /// <param name="isFips">Whether it is to be one of FIPS 140.</param>
    /// <param name="isDual">Whether it is to have addresses of both kinds.</param>
    public static string HostOf(string region, string suffix, string dualSuffix, bool isFips, bool isDual)
    {
        if (region.StartsWith("us-gov-", StringComparison.Ordinal))
        {
            return $"iam.us-gov.{(isDual ? dualSuffix : suffix)}";
        }

        var name = isFips ? "iam-fips" : "iam";
        var isChina = region.StartsWith("cn-", StringComparison.Ordinal);
        if (isDual)
        {
            var isGlobal = !IsOfOwnPartition(region) && !(isChina && isFips);
            return $"{name}{(isGlobal ? ".global" : "")}.{dualSuffix}";
        }

        return !isFips && (isChina || IsOfOwnPartition(region))
            ? $"{name}.{RegionOf(region)}.{suffix}"
            : $"{name}.{suffix}";
    }

    /// <summary>Partitions with a region of their own name: <c>us-iso-east-1</c>, <c>eusc-de-east-1</c>.</summary>
    private static bool IsOfOwnPartition(string region) =>
        region.StartsWith("us-iso", StringComparison.Ordinal)
        || region.StartsWith("eu-iso", StringComparison.Ordinal)
        || region.StartsWith("eusc-", StringComparison.Ordinal);
}
