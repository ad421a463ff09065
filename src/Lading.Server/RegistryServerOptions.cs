using System.Net;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Server.Access;
using Lading.Shipping;

namespace Lading.Server;

/// <summary>How the embedded registry is served.</summary>
internal sealed record RegistryServerOptions
{
    /// <summary>The address that it listens on. An address that other machines reach needs logins.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Who may use it.</summary>
    public RegistryLogins Logins { get; init; } = RegistryLogins.None;

    /// <summary>How long a body may bring nothing.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a body that has a turn in memory may come slower than <see cref="BodyDeadline.Rate"/>.</summary>
    public TimeSpan LargeBodyGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many uploads may be under way at once.</summary>
    public int MostUploads { get; init; } = 1000;

    /// <summary>The AWS account that the ECR and STS faces answer for: 12 digits.</summary>
    public string Account { get; init; } = "000000000000";

    /// <summary>The region in the ARNs of repositories.</summary>
    public string Region { get; init; } = "local";

    /// <summary>Whether a push by a distribution client creates the repository; ECR without creation templates answers that there is none.</summary>
    public bool CreatesOnPush { get; init; } = true;

    /// <summary>What a repository that a push created is set up with: Lading's own tags are put once, whoever comes first.</summary>
    public RepositorySettings NewRepositories { get; init; } =
        RepositorySettings.MutableExcept(Fingerprint.SourceTagPrefix + "*", RevisionTag.Prefix + "*");

    /// <summary>What to do each time nothing was asked for a while; null for nothing.</summary>
    public Action? WhenQuiet { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
