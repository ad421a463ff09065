using Lading.Records;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>What a rollback would do. It is shown before anything is changed, and may be declined.</summary>
internal sealed record RollbackPlan
{
    /// <summary>The stack's history.</summary>
    public required HistoryReport History { get; init; }

    /// <summary>The current release.</summary>
    public required Release Current { get; init; }

    /// <summary>The release to return to.</summary>
    public required Release Target { get; init; }

    public required StackEvidence Stack { get; init; }

    /// <summary>The options that select the environment on a command line.</summary>
    public string Selector { get; init; } = "";

    /// <summary>The options that direct commands of the AWS CLI to the account.</summary>
    public string CliOptions { get; init; } = "";

    /// <summary>The stack as a command line names it: <c>Shop --env prod</c>.</summary>
    public string Address => $"{Stack.Name} {Selector}";

    public required SwapPlan Containers { get; init; }

    public required IReadOnlyList<ImageProof> Proofs { get; init; }

    /// <summary>Services whose task count differs from the template's.</summary>
    public IReadOnlyList<TaskCount> Counts { get; init; } = [];

    /// <summary>The new value of the record; null for a stack without one.</summary>
    public StackRecord? Record { get; init; }

    /// <summary>Whether services keep their current task counts.</summary>
    public bool KeepsCounts { get; init; }

    /// <summary>How many running tasks are replaced, by swap; swaps outside of services are not in it.</summary>
    public IReadOnlyDictionary<ImageSwap, int> Tasks { get; init; } = new Dictionary<ImageSwap, int>();

    /// <summary>Other changes of the stack since the release, which stay.</summary>
    public IReadOnlyList<StackEvent> Staying { get; init; } = [];

    /// <summary>Settings of its task definitions that were added or changed since the release, and stay.</summary>
    public IReadOnlyList<RemainingSettings> Settings { get; init; } = [];

    /// <summary>What could not be read of the history, so the plan may be incomplete.</summary>
    public IReadOnlyList<UnreadFact> Unread => [.. History.Evidence.Unread.DistinctBy(each => each.Reason)];

    /// <summary>Services that do not run the images in their stack; a rollback ends that.</summary>
    public IReadOnlyList<DriftedContainer> Drifted { get; init; } = [];

    /// <summary>Why the plan cannot be carried out, each as part of a sentence; empty if it can.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];

    /// <summary>The templates to deploy, and the values to replace in them; null if there is an obstacle.</summary>
    public TreeSwap? Tree { get; init; }

    /// <summary>The deployed templates: the stack's first, then those of nested stacks.</summary>
    public IReadOnlyList<DeployedTemplate> Templates { get; init; } = [];

    /// <summary>The bootstrap of the stack; null if it is unknown.</summary>
    public Bootstrap? Bootstrap { get; init; }

    /// <summary>Other releases to choose from, as a sentence.</summary>
    public string Others { get; init; } = "";

    /// <summary>Whether it undoes a rollback: every image it brings back had been rolled back.</summary>
    public bool UndoesRollback { get; init; }

    /// <summary>The same with other task counts, for services that keep theirs.</summary>
    public RollbackPlan With(IReadOnlyList<TaskCount> counts) =>
        this with
        {
            Counts = counts,
            Tree = TreeSwap.Of(Templates, Swaps, Record, KeepsCounts ? counts : [], Bootstrap),
        };

    public IReadOnlyList<ImageSwap> Swaps => Containers.Swaps;

    public string Environment => History.Environment;
}
