using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>The evidence on a registry.</summary>
internal sealed record RegistryEvidence
{
    /// <summary>Its host in the canonical form.</summary>
    public required string Host { get; init; }

    /// <summary>Its account: 12 digits.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <inheritdoc cref="RetentionEvidence.CountedReader"/>
    public CountedReader? CountedReader { get; init; }

    /// <summary>The repositories to clean up, by name.</summary>
    public IReadOnlyList<StoredRepository> Repositories { get; init; } = [];

    /// <summary>
    /// The outside readers of each repository; repositories whose policy could not be read are missing.
    /// </summary>
    public IReadOnlyDictionary<RepositoryName, OutsideReaders> Readers { get; init; } =
        new Dictionary<RepositoryName, OutsideReaders>();

    /// <summary>The registries that repositories are replicated to.</summary>
    public IReadOnlyList<ReplicatedPrefix> Replicated { get; init; } = [];

    /// <summary>Holds for what could not be read.</summary>
    public IReadOnlyList<RepositoryHold> Holds { get; init; } = [];
}

/// <summary>Repositories that ECR replicates to another registry.</summary>
/// <param name="Prefix">The prefix of their names; empty for all.</param>
/// <param name="Account">The destination's account.</param>
/// <param name="Region">The destination's region.</param>
internal sealed record ReplicatedPrefix(string Prefix, string Account, string Region);
