using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Rollbacks;

/// <summary>The stack after a rollback: whether it names the intended images, and whether they run.</summary>
internal sealed class RolledBackStack
{
    /// <param name="plan">The plan that was carried out.</param>
    /// <param name="evidence">The current evidence on the stack.</param>
    /// <param name="verified">The result of the deployments in ECS; null if CloudFormation did not complete.</param>
    public RolledBackStack(RollbackPlan plan, EnvironmentEvidence evidence, VerificationReport? verified)
    {
        var index = new EvidenceIndex(evidence);
        var pins = Workloads
            .Of(evidence)
            .SelectMany(workload => workload.Containers)
            .DistinctBy(each => (each.Stack.Stack.Id, each.LogicalId, each.Container))
            .ToDictionary(
                each => (each.Stack.Stack.Id, each.LogicalId, each.Container),
                each => Pin.Of(each, index).Digest
            );
        var unread = evidence.Unread.FirstOrDefault(fact => fact.IsOfStacks);
        Unread = unread?.Reason ?? "";
        IsAsBefore = unread is null && plan.Swaps.All(swap => PinOf(swap) == swap.Now);
        Containers = [.. RunningRules.Of(evidence).Containers.Where(each => IsOf(plan, each))];
        var kept = plan.Swaps.FirstOrDefault(swap => PinOf(swap) != swap.To);
        var service = verified?.Services.FirstOrDefault(each =>
            each.Outcome != ServiceOutcome.Verified && each.Containers.Any(container => IsOf(plan, container))
        );
        var other = Containers.FirstOrDefault(each =>
            each.Kind != WorkloadKind.Service && each.State is not (RunningState.Running or RunningState.Stopped)
        );
        var at = plan.Address;
        (Problem, Remedy) =
            kept is not null && unread is not null
                ? (
                    $"what the stack names now could not be read: {unread.Reason}",
                    $"lading verify {at} reads it once more."
                )
            : kept is not null
                ? (
                    $"the stack does not name sha256:{kept.To.Short}… for {kept.Use} after all",
                    $"Somebody else may have updated it: lading history {at} shows who."
                )
            : service is not null ? ($"{service.Service}: {service.Reason}", service.Remedy)
            : other is not null
                ? (
                    $"{other.Service} {other.Container}: {other.Reason}",
                    $"lading status {plan.Selector} shows what it runs."
                )
            : verified is { IsBlind: true }
                ? ("the stack could not be read again", $"lading verify {at} watches it once more.")
            : ("", "");

        Digest? PinOf(ImageSwap swap) =>
            pins.GetValueOrDefault((swap.Container.Stack.Stack.Id, swap.Container.LogicalId, swap.Container.Container));
    }

    /// <summary>The containers whose image was to be replaced, as they run.</summary>
    public IReadOnlyList<ContainerVerdict> Containers { get; }

    /// <summary>Why the intended images do not run, as part of a sentence; empty if they do.</summary>
    public string Problem { get; }

    /// <summary>What to do about it, as sentences; empty if there is nothing to do.</summary>
    public string Remedy { get; }

    /// <summary>Why the stack could not be read, as part of a sentence; empty if it could.</summary>
    public string Unread { get; }

    /// <summary>Whether the stack could be read and names the same images as before.</summary>
    public bool IsAsBefore { get; }

    private static bool IsOf(RollbackPlan plan, ContainerVerdict verdict) =>
        plan.Swaps.Any(swap =>
            swap.Container.Container == verdict.Container
            && ImageReference.TryParse(verdict.Reference, out var reference)
            && (reference.Host, reference.Repository) == (swap.From.Host, swap.From.Repository)
        );
}
