using System.Globalization;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Makes one list of releases of what three services tell by three clocks: the operations of the stack, the versions of its record,
/// and the deployments of its services. What lies outside of every operation is an attempt.
/// </summary>
internal sealed class ReleaseMerge
{
    /// <summary>So far apart may the clocks of two services be.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private readonly HistoryEvidence evidence;
    private readonly IReadOnlyList<StackOperation> operations;
    private readonly ILookup<StackOperation?, RecordEvidence> records;
    private readonly ILookup<StackOperation?, DeploymentEvidence> deployments;
    private readonly Dictionary<string, RevisionEvidence> revisions;

    private ReleaseMerge(HistoryEvidence evidence)
    {
        this.evidence = evidence;
        operations = StackOperation.In(evidence.Events, evidence.StackId);
        records = evidence.Records.ToLookup(record => Nearest(record.WrittenAt));
        revisions = evidence.Revisions.ToDictionary(each => each.Arn, StringComparer.Ordinal);
        deployments = evidence.Deployments.ToLookup(each => Of(each));
    }

    /// <summary>The releases, the newest first.</summary>
    public static IReadOnlyList<Release> Of(HistoryEvidence evidence)
    {
        var merge = new ReleaseMerge(evidence);
        var releases = merge
            .operations.Select(merge.OfOperation)
            .Concat(merge.records[null].Select(OfRecord))
            .Concat(merge.deployments[null].Select(merge.OfAttempt))
            .OrderBy(release => release.When)
            .ThenBy(release => release.Version, StringComparer.Ordinal)
            .ToList();
        return ReleaseFacts.Add(Unique(releases), evidence);
    }

    /// <summary>The operation that a record was written in.</summary>
    private StackOperation? Nearest(DateTimeOffset moment) =>
        operations
            .Select(operation => (operation, distance: operation.DistanceTo(moment, evidence.ReadAt)))
            .Where(each => each.distance <= Skew)
            .OrderBy(each => each.distance)
            .Select(each => each.operation)
            .FirstOrDefault();

    /// <summary>The operation that a deployment belongs to. Near an operation, and not within it, the digests have to be the operation's.</summary>
    private StackOperation? Of(DeploymentEvidence deployment)
    {
        var nearest = Nearest(deployment.CreatedAt);
        if (nearest is null || nearest.DistanceTo(deployment.CreatedAt, evidence.ReadAt) == TimeSpan.Zero)
        {
            return nearest;
        }

        var said = records[nearest]
            .SelectMany(record => record.Record.Images.Values)
            .Select(image => image.Reference)
            .ToList();
        var digests = ImagesOf([deployment]).Values.Select(DigestIn);
        return digests.All(digest => said.Exists(reference => reference.EndsWith(digest, StringComparison.Ordinal)))
            ? nearest
            : null;
    }

    private Release OfOperation(StackOperation operation)
    {
        var own = records[operation].OrderBy(record => record.Version).ToList();
        // A rollback writes the record of before once more: the first version is what was tried.
        var record =
            operation.Outcome == ReleaseOutcome.Succeeded ? own.LastOrDefault()
            : own.Count > 1 ? own[0]
            : null;
        var images = record is not null
            ? ImagesOf(record)
            : new SortedDictionary<string, string>(StringComparer.Ordinal);
        var why = operation.Reason;
        if (record is null && operation.Outcome == ReleaseOutcome.Succeeded && InEffect(operation) is { } before)
        {
            // SSM makes no version of a value that did not change.
            images = ImagesOf(before);
        }
        else if (record is null)
        {
            images = ImagesOf(deployments[operation]);
            why =
                why.Length > 0 || images.Count == 0 ? why
                : evidence.Records.Count == 0 ? "only ECS tells its images"
                : "the record does not tell its images";
        }

        return new Release
        {
            Version = record is null
                ? IdOf(operation.StartedAt)
                : record.Version.ToString(CultureInfo.InvariantCulture),
            When = operation.StartedAt,
            EndedAt = operation.EndedAt,
            Outcome = operation.Outcome,
            Images = images,
            Why = why,
            Who = evidence
                .Callers.Where(caller => (caller.At - operation.StartedAt).Duration() <= Skew)
                .OrderBy(caller => (caller.At - operation.StartedAt).Duration())
                .Select(caller => caller.Who)
                .FirstOrDefault(),
        };
    }

    /// <summary>The last record that was written before an operation was over.</summary>
    private RecordEvidence? InEffect(StackOperation operation) =>
        evidence
            .Records.Where(record => record.WrittenAt <= (operation.EndedAt ?? evidence.ReadAt) + Skew)
            .MaxBy(record => record.Version);

    private static Release OfRecord(RecordEvidence record) =>
        new()
        {
            Version = record.Version.ToString(CultureInfo.InvariantCulture),
            When = record.WrittenAt,
            EndedAt = record.WrittenAt,
            Outcome = ReleaseOutcome.Succeeded,
            Images = ImagesOf(record),
            Why = "only the record tells of it",
        };

    private Release OfAttempt(DeploymentEvidence deployment) =>
        new()
        {
            Version = IdOf(deployment.CreatedAt),
            When = deployment.CreatedAt,
            EndedAt = deployment.FinishedAt,
            Outcome = ReleaseOutcome.Attempt,
            Images = ImagesOf([deployment]),
            Why = deployment.IsRolledBack
                ? $"outside of CloudFormation; {RollbackStory.Tell(deployment)}"
                : "outside of CloudFormation: a hotswap, a forced deployment or an edit by hand",
        };

    private static SortedDictionary<string, string> ImagesOf(RecordEvidence record)
    {
        var images = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, image) in record.Record.Images)
        {
            images[name] = image.Reference;
        }

        return images;
    }

    private SortedDictionary<string, string> ImagesOf(IEnumerable<DeploymentEvidence> some)
    {
        var images = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var deployment in some.OrderByDescending(each => each.CreatedAt))
        {
            foreach (var image in revisions.GetValueOrDefault(deployment.TargetRevision)?.Images ?? [])
            {
                images.TryAdd(
                    image.Container,
                    image.Digest is { } digest && Oci.ImageReference.TryParse(image.Image, out var reference)
                        ? $"{reference.Repository}@{digest}"
                        : image.Image
                );
            }
        }

        return images;
    }

    /// <summary>No two releases have one version: of one moment, each but the first has a letter.</summary>
    private static List<Release> Unique(List<Release> releases)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. releases.Select(release =>
            {
                var count = seen[release.Version] = seen.GetValueOrDefault(release.Version) + 1;
                return count == 1
                    ? release
                    : release with
                    {
                        Version = $"{release.Version}-{count.ToString(CultureInfo.InvariantCulture)}",
                    };
            }),
        ];
    }

    private static string DigestIn(string reference) =>
        reference[(reference.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private static string IdOf(DateTimeOffset when) =>
        when.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
