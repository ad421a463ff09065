namespace Lading.Retention.Evidence;

/// <summary>
/// Everything that a decision about images is based on: the stored images, their uses, and what is unknown.
/// </summary>
internal sealed record RetentionEvidence
{
    /// <summary>When reading started. Ages are relative to it, since the rules have no clock.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    public IReadOnlyList<StoredRepository> Repositories { get; init; } = [];

    /// <summary>The uses of images that run, may run again, or are kept.</summary>
    public IReadOnlyList<ImageUse> Uses { get; init; } = [];

    /// <summary>The releases in the records of stacks, as far back as the records go.</summary>
    public IReadOnlyList<StackRelease> Releases { get; init; } = [];

    /// <summary>Which registries get their images from which.</summary>
    public IReadOnlyList<PromotionPath> Promotions { get; init; } = [];

    /// <summary>What is unknown, including others who may use images unseen.</summary>
    public IReadOnlyList<RepositoryHold> Holds { get; init; } = [];

    /// <summary>
    /// The reader itself, if the registry counts its reading of manifests as pulls; null if it does not, or it is unknown.
    /// </summary>
    public CountedReader? CountedReader { get; init; }

    /// <summary>What was read, for the report: 41 stacks, 63 services.</summary>
    public IReadOnlyList<EvidenceCount> Counts { get; init; } = [];
}

/// <summary>The number of things of one kind.</summary>
/// <param name="Number">How many.</param>
/// <param name="Noun">The kind, in the singular: <c>stack</c>.</param>
internal sealed record EvidenceCount(int Number, string Noun);
