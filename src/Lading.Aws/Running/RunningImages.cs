using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>The images to look up in registries.</summary>
internal static class RunningImages
{
    /// <summary>The pinned and the running images.</summary>
    public static IEnumerable<ImageReference> Of(EnvironmentEvidence evidence, IReadOnlyList<Workload> workloads)
    {
        var index = new EvidenceIndex(evidence);
        foreach (var container in workloads.SelectMany(workload => workload.Containers))
        {
            if (Pin.Of(container, index).Reference is { } reference)
            {
                yield return reference;
            }
        }

        var running = evidence
            .Tasks.Where(task => task.Counts)
            .SelectMany(task => task.Containers)
            .Select(container => (container.Image, container.Digest))
            .Distinct();
        foreach (var (image, digest) in running)
        {
            if (digest is { } found && ImageReference.TryParse(image, out var reference))
            {
                yield return reference with
                {
                    Digest = found,
                };
            }
        }
    }
}
