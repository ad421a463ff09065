namespace Lading.Configuration;

/// <summary>Who creates an environment's repositories.</summary>
internal enum RepositoryOwner
{
    /// <summary><c>lading publish</c> creates what is missing.</summary>
    Lading,

    /// <summary>A stack with <c>ImageRepository</c> constructs does, before the first publish.</summary>
    Cdk,
}
