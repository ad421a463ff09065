using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>What was read of a registry.</summary>
internal sealed record RegistryEvidence
{
    /// <summary>Its host in the usual form.</summary>
    public required string Host { get; init; }

    /// <summary>Whose it is: 12 digits.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <inheritdoc cref="RetentionEvidence.CountedReader"/>
    public string? CountedReader { get; init; }

    /// <summary>Those that are cleaned up, by name.</summary>
    public IReadOnlyList<StoredRepository> Repositories { get; init; } = [];

    /// <summary>Who else may pull, by repository; one that is not there is one whose policy could not be read.</summary>
    public IReadOnlyDictionary<RepositoryName, OutsideReaders> Readers { get; init; } =
        new Dictionary<RepositoryName, OutsideReaders>();

    /// <summary>Where repositories are copied to.</summary>
    public IReadOnlyList<ReplicatedPrefix> Replicated { get; init; } = [];

    /// <summary>What could not be read of it.</summary>
    public IReadOnlyList<RepositoryHold> Holds { get; init; } = [];
}

/// <summary>Repositories that ECR copies to another registry.</summary>
/// <param name="Prefix">What their names begin with; empty for all.</param>
/// <param name="Account">Where to.</param>
/// <param name="Region">Where to.</param>
internal sealed record ReplicatedPrefix(string Prefix, string Account, string Region);
