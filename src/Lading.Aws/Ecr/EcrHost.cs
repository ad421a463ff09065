using Amazon;

namespace Lading.Aws.Ecr;

/// <summary>The host of an account's registry, as references name it.</summary>
internal static class EcrHost
{
    public static string Of(string account, string region) =>
        $"{account}.dkr.ecr.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}";
}
