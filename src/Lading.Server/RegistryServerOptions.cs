using System.Net;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Server.Access;
using Lading.Shipping;

namespace Lading.Server;

/// <summary>Options of the embedded registry's server.</summary>
internal sealed record RegistryServerOptions
{
    /// <summary>The address to listen on. Logins are required if other machines can reach it.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The logins of those who may use it.</summary>
    public RegistryLogins Logins { get; init; } = RegistryLogins.None;

    /// <summary>How long a body may stall.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a body in memory may be slower than <see cref="BodyDeadline.Rate"/>.</summary>
    public TimeSpan LargeBodyGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The number of concurrent uploads.</summary>
    public int MostUploads { get; init; } = 1000;

    /// <summary>The AWS account of the ECR and STS APIs: 12 digits.</summary>
    public string Account { get; init; } = "000000000000";

    /// <summary>The region in the ARNs of repositories.</summary>
    public string Region { get; init; } = "local";

    /// <summary>Whether a push by a distribution client creates the repository; otherwise it fails as in ECR without creation templates.</summary>
    public bool CreatesOnPush { get; init; } = true;

    /// <summary>The settings of a repository that a push creates: Lading's own tags are immutable.</summary>
    public RepositorySettings NewRepositories { get; init; } =
        RepositorySettings.MutableExcept(Fingerprint.SourceTagPrefix + "*", RevisionTag.Prefix + "*");

    /// <summary>The action for each idle period; null for none.</summary>
    public Action? WhenQuiet { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
