namespace Lading.Checking;

/// <summary>The kinds of registries that services distinguish.</summary>
internal enum RegistryKind
{
    /// <summary>The private ECR of an account and region.</summary>
    Ecr,

    /// <summary>ECR Public.</summary>
    PublicEcr,

    /// <summary>Any other registry.</summary>
    Other,
}
