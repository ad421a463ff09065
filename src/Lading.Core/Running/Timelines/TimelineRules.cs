using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running.Timelines;

/// <summary>
/// Selects the releases of a stack that deployed one workload: by its deployments if ECS has them, otherwise by whether the workload's
/// images in the record differ from those before.
/// </summary>
internal sealed class TimelineRules
{
    private readonly HistoryEvidence history;
    private readonly IReadOnlyList<Release> releases;
    private readonly Dictionary<string, RevisionEvidence> revisions;
    private readonly ILookup<Digest, RegistryImage> images;

    /// <param name="history">The evidence on the history of a stack.</param>
    public TimelineRules(HistoryEvidence history)
    {
        this.history = history;
        releases = [.. ReleaseMerge.Of(history).Reverse()];
        revisions = history.Revisions.ToDictionary(each => each.Arn, StringComparer.Ordinal);
        images = history.Images.ToLookup(image => image.Digest);
    }

    /// <summary>Returns the entries of a workload.</summary>
    /// <param name="containers">The containers of the workload.</param>
    /// <param name="service">The ARN of the service; null for other kinds, or if ECS does not have it.</param>
    /// <returns>The newest first.</returns>
    public IReadOnlyList<TimelineEntry> Of(IReadOnlyList<ContainerVerdict> containers, string? service)
    {
        var entries = new List<TimelineEntry>();
        IReadOnlyList<TimelineImage> before = [];
        foreach (var release in releases)
        {
            var own = release.Deployments.Where(each => each.ServiceArn == service).ToList();
            var resolved = own.Count > 0 ? Deployed(containers, own, release) : [];
            // If ECS did not report the images, the record may have them.
            var ran = resolved.Count > 0 ? resolved : Recorded(containers, release);
            if (own.Count == 0 && (ran.Count == 0 || !release.Counts || AreSame(ran, before)))
            {
                continue;
            }

            entries.Add(new TimelineEntry(release, ran));
            before = release.Counts ? ran : before;
        }

        AddTimes(entries);
        entries.Reverse();
        return entries;
    }

    /// <summary>Adds how long each release ran: until the next successful one ended.</summary>
    private void AddTimes(List<TimelineEntry> entries)
    {
        var end = history.ReadAt;
        var isLast = true;
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i].Release is not { Counts: true } release)
            {
                continue;
            }

            var start = release.EndedAt ?? release.When;
            entries[i] = entries[i] with { RanFor = end - start, IsCurrent = isLast };
            (end, isLast) = (start, false);
        }
    }

    /// <summary>
    /// The images that ECS resolved for a release: those of the first deployment if it failed, otherwise those of the
    /// last.
    /// </summary>
    private List<TimelineImage> Deployed(
        IReadOnlyList<ContainerVerdict> containers,
        List<DeploymentEvidence> own,
        Release release
    )
    {
        var deployment = release.Counts ? own.MaxBy(each => each.CreatedAt)! : own.MinBy(each => each.CreatedAt)!;
        var resolved = revisions.GetValueOrDefault(deployment.TargetRevision)?.Images ?? [];
        var names = containers.Select(each => each.Container).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. resolved
                // ECS adds containers that are not in the stack.
                .Where(image => names.Contains(image.Container))
                .Select(image => ImageOf(image.Container, image.Image, image.Digest))
                .OrderBy(image => image.Container, StringComparer.Ordinal),
        ];
    }

    /// <summary>The images of the containers in the record; empty if a name is ambiguous there.</summary>
    private List<TimelineImage> Recorded(IReadOnlyList<ContainerVerdict> containers, Release release)
    {
        var found = new List<TimelineImage>();
        foreach (var container in containers.OrderBy(each => each.Container, StringComparer.Ordinal))
        {
            var name = container.Image ?? container.Container;
            if (release.Images.Keys.Any(key => key.StartsWith($"{name}/", StringComparison.Ordinal)))
            {
                return [];
            }

            if (release.Images.GetValueOrDefault(name) is { } reference)
            {
                found.Add(ImageOf(container.Container, reference, ReleaseFacts.DigestOf(reference)));
            }
        }

        return found;
    }

    private TimelineImage ImageOf(string container, string reference, Digest? digest) =>
        new(
            container,
            reference,
            digest,
            digest is { } known
                ? images[known].Select(image => image.Revision).FirstOrDefault(each => each is not null)
                : null
        );

    private static bool AreSame(IReadOnlyList<TimelineImage> one, IReadOnlyList<TimelineImage> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.IsSame(pair.Second));
}
