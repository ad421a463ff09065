using Lading.Records;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>What going back would do: shown before it is done, and refusable.</summary>
internal sealed record RollbackPlan
{
    /// <summary>The stack's past.</summary>
    public required HistoryReport History { get; init; }

    /// <summary>The release that runs now.</summary>
    public required Release Current { get; init; }

    /// <summary>The release to go back to.</summary>
    public required Release Target { get; init; }

    public required StackEvidence Stack { get; init; }

    public required SwapPlan Containers { get; init; }

    public required IReadOnlyList<ImageProof> Proofs { get; init; }

    /// <summary>Services whose number of tasks is not the template's.</summary>
    public IReadOnlyList<TaskCount> Counts { get; init; } = [];

    /// <summary>What the record is to say; null for a stack without one.</summary>
    public StackRecord? Record { get; init; }

    /// <summary>Whether they keep it.</summary>
    public bool KeepsCounts { get; init; }

    /// <summary>The tasks of services that are replaced, by what gets another image.</summary>
    public IReadOnlyDictionary<ImageSwap, int> Tasks { get; init; } = new Dictionary<ImageSwap, int>();

    /// <summary>What else changed in the stack since, and stays.</summary>
    public IReadOnlyList<StackEvent> Staying { get; init; } = [];

    /// <summary>What its task definitions say and did not then, and stays.</summary>
    public IReadOnlyList<StayingSettings> Settings { get; init; } = [];

    /// <summary>What of the past could not be read, so that something may be missing in what is shown.</summary>
    public IReadOnlyList<UnreadFact> Unread => [.. History.Evidence.Unread.DistinctBy(each => each.Reason)];

    /// <summary>Services that run something else than their stack names, which ends with this.</summary>
    public IReadOnlyList<StrayContainer> Strays { get; init; } = [];

    /// <summary>Why it cannot be done, each a sentence's part; empty if it can.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];

    /// <summary>The templates to deploy, and what is exchanged in them; null if there is an obstacle.</summary>
    public TreeSwap? Tree { get; init; }

    /// <summary>The templates that are deployed: the stack's first, then those nested in it.</summary>
    public IReadOnlyList<DeployedTemplate> Templates { get; init; } = [];

    /// <summary>The bootstrap of the stack; null if nothing tells of one.</summary>
    public Bootstrap? Bootstrap { get; init; }

    /// <summary>What else one could go back to, as a sentence.</summary>
    public string Others { get; init; } = "";

    /// <summary>Whether it undoes a rollback: all that comes back was gone back from.</summary>
    public bool IsForth { get; init; }

    /// <summary>The same with other numbers of tasks, where services keep them.</summary>
    public RollbackPlan With(IReadOnlyList<TaskCount> counts) =>
        this with
        {
            Counts = counts,
            Tree = TreeSwap.Of(Templates, Swaps, Record, KeepsCounts ? counts : [], Bootstrap),
        };

    public IReadOnlyList<ImageSwap> Swaps => Containers.Swaps;

    public string Environment => History.Environment;
}
