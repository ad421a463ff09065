namespace Lading.Retention.Evidence;

/// <summary>All that a decision about images rests on: what is stored, who uses it, who wants it, and what nobody could tell.</summary>
internal sealed record RetentionEvidence
{
    /// <summary>When the reading began. Ages are counted from here, since a decision has no clock.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    public IReadOnlyList<StoredRepository> Repositories { get; init; } = [];

    /// <summary>What runs, may run again, or is wanted.</summary>
    public IReadOnlyList<ImageUse> Uses { get; init; } = [];

    /// <summary>What the records of stacks say of releases, as far back as they go.</summary>
    public IReadOnlyList<StackRelease> Releases { get; init; } = [];

    /// <summary>Which registries get their images from which others.</summary>
    public IReadOnlyList<PromotionPath> Promotions { get; init; } = [];

    /// <summary>What nobody could tell, and others who may use images unseen.</summary>
    public IReadOnlyList<RepositoryHold> Holds { get; init; } = [];

    /// <summary>The ARN of the reader itself, where the registry takes its reading of manifests for pulls; null if it does not, or it is unknown.</summary>
    public string? CountedReader { get; init; }

    /// <summary>What was read, for people: 41 stacks, 63 services.</summary>
    public IReadOnlyList<EvidenceCount> Counts { get; init; } = [];
}

/// <summary>How many of a kind were read.</summary>
/// <param name="Number">How many.</param>
/// <param name="Noun">Of what, for one: <c>stack</c>.</param>
internal sealed record EvidenceCount(int Number, string Noun);
