namespace Lading.Oci;

/// <summary>How a host names an ECR registry (Amazon ECR, "Private registries" and "Dual-stack and FIPS endpoints").</summary>
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
