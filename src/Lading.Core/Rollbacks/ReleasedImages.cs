using System.Globalization;
using Lading.Oci;
using Lading.Records;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>What each container ran in a release: by the record, or by what ECS resolved for its service.</summary>
/// <param name="release">The release.</param>
/// <param name="history">All that is known of the stack's past.</param>
internal sealed class ReleasedImages(Release release, HistoryEvidence history)
{
    private readonly StackRecord? record =
        history
            .Records.FirstOrDefault(each => each.Version.ToString(CultureInfo.InvariantCulture) == release.Version)
            ?.Record
        ?? InEffect(release, history);

    /// <summary>The repository and digest, without the registry's host; null if the release did not have the container.</summary>
    /// <param name="workload">What starts it.</param>
    /// <param name="use"><c>&lt;logical id&gt;/&lt;container&gt;</c>.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="image">The image's name in the record of now; null if that does not tell.</param>
    public string? Find(Workload workload, string use, string container, string? image) =>
        record is null ? FindResolved(workload, container)
        : record.Images.Values.FirstOrDefault(each => each.UsedBy.Contains(use, StringComparer.Ordinal)) is { } used
            ? used.Reference
        // Records name the containers of task definitions alone.
        : workload.Kind is WorkloadKind.Function or WorkloadKind.Job && image is not null
            ? record.Images.GetValueOrDefault(image)?.Reference
        : null;

    /// <summary>Why there is no answer, as part of a sentence.</summary>
    public string WhyUnknown =>
        record is not null ? $"release #{release.Version} did not have it" : "ECS has no deployment of it from then";

    /// <summary>The record that was in effect: SSM makes no version of a value that did not change.</summary>
    private static StackRecord? InEffect(Release release, HistoryEvidence history) =>
        history
            .Records.Where(each => each.WrittenAt <= (release.EndedAt ?? release.When) + ReleaseMerge.Skew)
            .MaxBy(each => each.Version)
            ?.Record;

    private string? FindResolved(Workload workload, string container)
    {
        if (workload.Kind != WorkloadKind.Service)
        {
            return null;
        }

        var deployment = history
            .Deployments.Where(each =>
                each.ServiceArn == workload.PhysicalId
                && each.Status == "SUCCESSFUL"
                && each.CreatedAt <= (release.EndedAt ?? release.When) + ReleaseMerge.Skew
            )
            .MaxBy(each => each.CreatedAt);
        var image = history
            .Revisions.FirstOrDefault(each => each.Arn == deployment?.TargetRevision)
            ?.Images.FirstOrDefault(each => each.Container == container);
        return image is { Digest: { } digest } && ImageReference.TryParse(image.Image, out var reference)
            ? $"{reference.Repository}@{digest}"
            : null;
    }
}
