using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>The images that a rollback replaces.</summary>
/// <param name="Swaps">The containers whose image is replaced.</param>
/// <param name="Kept">The containers that keep their image, and why.</param>
/// <param name="Refused">The containers whose image should be replaced but cannot, and why.</param>
internal sealed record SwapPlan(
    IReadOnlyList<ImageSwap> Swaps,
    IReadOnlyList<ContainerNote> Kept,
    IReadOnlyList<ContainerNote> Refused
)
{
    /// <summary>Compares the current images with those of a release.</summary>
    /// <param name="workloads">The current workloads of the stack.</param>
    /// <param name="index">The evidence on the stack.</param>
    /// <param name="target">The images of the release.</param>
    /// <param name="image">The only image to roll back; null for all.</param>
    public static SwapPlan Of(
        IReadOnlyList<Workload> workloads,
        EvidenceIndex index,
        ReleasedImages target,
        string? image
    )
    {
        var (swaps, kept, refused) = (new List<ImageSwap>(), new List<ContainerNote>(), new List<ContainerNote>());
        foreach (var (workload, container) in ContainersOf(workloads))
        {
            var use = UseOf(container, index);
            var pin = Pin.Of(container, index);
            var named = pin.Image ?? NameOf(pin, index);
            var name = named ?? container.Container;
            if (image is not null && name != image)
            {
                continue;
            }

            if (target.Find(workload, use, container.Container, named) is not { } then)
            {
                // Third-party sidecars are in no record, and are not expected to be rolled back.
                if (named is not null || workload.Kind == WorkloadKind.Service && index.Evidence.Records.Count == 0)
                {
                    kept.Add(new ContainerNote(use, target.WhyUnknown));
                }

                continue;
            }

            switch (Decide(container, use, name, pin, then))
            {
                case ImageSwap swap:
                    swaps.Add(swap);
                    break;
                case string problem:
                    refused.Add(new ContainerNote(use, problem));
                    break;
            }
        }

        return new SwapPlan(swaps, kept, refused);
    }

    /// <summary>Each container once: under its service, if a service and another workload share it.</summary>
    private static IEnumerable<(Workload Workload, NamedContainer Container)> ContainersOf(
        IReadOnlyList<Workload> workloads
    ) =>
        workloads
            .OrderBy(workload => workload.Kind == WorkloadKind.Service ? 0 : 1)
            .SelectMany(workload => workload.Containers.Select(container => (workload, container)))
            .DistinctBy(each => (each.container.Stack.Stack.Id, each.container.LogicalId, each.container.Container));

    /// <returns>A swap, the reason why it is impossible, or null if nothing changes.</returns>
    private static object? Decide(NamedContainer container, string use, string name, Pin pin, string then)
    {
        if (ReleaseFacts.DigestOf(then) is not { } digest)
        {
            return $"the release pinned {then}, a tag: only digests can be put back";
        }

        if (pin.Digest == digest)
        {
            return null;
        }

        if (container.Reference.Text is null || pin.Reference is not { } reference)
        {
            return $"the template does not name its image: {(container.Reference.Reason.Length > 0 ? container.Reference.Reason : pin.Problem)}";
        }

        var repository = ContainerImages.RepositoryOf(then);
        return reference.Repository.Value == repository
            ? new ImageSwap(container, use, name, reference, pin.Digest, digest)
            : $"its image was in repository {repository} then, and is in {reference.Repository} now";
    }

    /// <summary>The name of an image in the records, whatever uses it.</summary>
    private static string? NameOf(Pin pin, EvidenceIndex index) =>
        pin.Reference is { Digest: { } digest } reference
            ? index
                .Evidence.Records.SelectMany(each => each.Record.Images)
                .FirstOrDefault(each => each.Value.Reference == $"{reference.Repository}@{digest}")
                .Key
            : null;

    private static string UseOf(NamedContainer container, EvidenceIndex index) =>
        $"{StackNesting.PathOf(container.Stack.Stack, index.Evidence.Stacks)}{container.LogicalId}/{container.Container}";
}
