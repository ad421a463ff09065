using Lading.Oci;

namespace Lading.Server;

/// <summary>How the embedded registry is served.</summary>
internal sealed record RegistryServerOptions
{
    /// <summary>The port on loopback; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The AWS account that the ECR and STS faces answer for: 12 digits.</summary>
    public string Account { get; init; } = "000000000000";

    /// <summary>The region in the ARNs of repositories.</summary>
    public string Region { get; init; } = "local";

    /// <summary>Whether a push by a distribution client creates the repository; ECR without creation templates answers that there is none.</summary>
    public bool CreatesOnPush { get; init; } = true;

    /// <summary>What a repository that a push created is set up with.</summary>
    public RepositorySettings NewRepositories { get; init; } = RepositorySettings.MutableExcept();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
