using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Whether a running image is the pinned one. Only digests are compared; an index matches its manifest for the
/// platform.
/// </summary>
internal static class DigestComparison
{
    /// <summary>Whether a running digest is the pinned one; null if that is unknown.</summary>
    /// <param name="pin">The pinned image.</param>
    /// <param name="running">The running digest; null if ECS does not report it.</param>
    /// <param name="platform">The platform it runs on; null if that is unknown.</param>
    /// <param name="evidence">The evidence, with the manifests of indexes.</param>
    public static bool? IsPinned(Pin pin, Digest? running, Platform? platform, EvidenceIndex evidence)
    {
        if (pin.Digest is not { } pinned || running is not { } found)
        {
            return null;
        }

        if (pinned == found)
        {
            return true;
        }

        // Without the registry it is unknown whether the pin is an index that contains it.
        if (evidence.FindImage(pin.Repository, pinned)?.Children is not { } children)
        {
            return null;
        }

        return children.Any(child =>
            child.Digest == found && (platform is null || child.Platform is not { } built || built.RunsOn(platform))
        );
    }

    /// <summary>Counts the digests of a container over some tasks, the most frequent first.</summary>
    public static IReadOnlyList<RunningDigest> Count(
        IEnumerable<TaskEvidence> tasks,
        NamedContainer container,
        Pin pin,
        EvidenceIndex evidence
    ) =>
        [
            .. tasks
                .GroupBy(task => task.Containers.FirstOrDefault(each => each.Name == container.Container)?.Digest)
                .Select(group => new RunningDigest(
                    group.Key,
                    group.Count(),
                    IsPinned(pin, group.Key, container.Platform, evidence)
                ))
                .OrderByDescending(each => each.Tasks)
                .ThenBy(each => each.Digest?.ToString(), StringComparer.Ordinal),
        ];
}
