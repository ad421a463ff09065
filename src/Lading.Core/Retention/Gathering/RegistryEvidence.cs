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

    /// <summary>Who else may pull, by repository; repositories whose policy could not be read are missing.</summary>
    public IReadOnlyDictionary<RepositoryName, OutsideReaders> Readers { get; init; } =
        new Dictionary<RepositoryName, OutsideReaders>();

    /// <summary>Where repositories are replicated to.</summary>
    public IReadOnlyList<ReplicatedPrefix> Replicated { get; init; } = [];

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<RepositoryHold> Holds { get; init; } = [];
}

/// <summary>Repositories that ECR replicates to another registry.</summary>
/// <param name="Prefix">The prefix of their names; empty for all.</param>
/// <param name="Account">Where to.</param>
/// <param name="Region">Where to.</param>
internal sealed record ReplicatedPrefix(string Prefix, string Account, string Region);
