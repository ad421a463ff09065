namespace Lading.Aws;

/// <summary>The address of IAM: one for each partition, whatever the region, with signatures for its own region.</summary>
/// <remarks>By botocore's endpoint rules.</remarks>
internal static class IamAddress
{
    /// <summary>The region of signatures.</summary>
    /// <param name="region">The region of the session.</param>
    public static string RegionOf(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "cn-north-1"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "us-gov-west-1"
        : IsOfOwnPartition(region)
            ? $"{region[..region.IndexOf('-', region.IndexOf('-', StringComparison.Ordinal) + 1)]}-east-1"
        : "us-east-1";

    /// <summary>The name of its host.</summary>
    /// <param name="region">The region of the session.</param>
    /// <param name="suffix">The suffix of the partition's host names.</param>
    /// <param name="dualSuffix">The suffix of dual-stack host names.</param>
    /// <param name="isFips">Whether to use a FIPS endpoint.</param>
    /// <param name="isDual">Whether to use a dual-stack endpoint.</param>
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
