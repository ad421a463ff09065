using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>The image of each container in a release, from the record or from what ECS resolved for its service.</summary>
/// <param name="release">The release.</param>
internal sealed class ReleasedImages(Release release)
{
    /// <summary>The repository and digest, without the registry's host; null if the container was not part of the release.</summary>
    /// <param name="workload">The workload of the container.</param>
    /// <param name="use"><c>&lt;logical id&gt;/&lt;container&gt;</c>.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="image">The image's name in the current record; null if it has none.</param>
    public string? Find(Workload workload, string use, string container, string? image) =>
        release.Record is not { } record ? FindResolved(workload, container)
        : record.Images.Values.FirstOrDefault(each => each.UsedBy.Contains(use, StringComparer.Ordinal)) is { } used
            ? used.Reference
        // Records list only containers of task definitions.
        : workload.Kind is WorkloadKind.Function or WorkloadKind.Job && image is not null
            ? record.Images.GetValueOrDefault(image)?.Reference
        : null;

    /// <summary>Why <see cref="Find"/> returns null, as part of a sentence.</summary>
    public string WhyUnknown =>
        release.Record is not null
            ? $"release #{release.Version} did not have it"
            : "ECS has no deployment of it from then";

    private string? FindResolved(Workload workload, string container) =>
        workload.Kind == WorkloadKind.Service
        && release.Resolved.GetValueOrDefault(ContainerImages.KeyOf(workload.PhysicalId, container)) is { } reference
        && ReleaseFacts.DigestOf(reference) is not null
            ? reference
            : null;
}
