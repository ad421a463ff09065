using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Merges the reports of three services with three clocks into one list of releases: the stack's operations, the versions of its
/// record, and the deployments of its services. A record or deployment outside of every operation is an attempt.
/// </summary>
internal sealed class ReleaseMerge
{
    /// <summary>The largest offset between the clocks of two services.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private readonly HistoryEvidence evidence;
    private readonly ContainerImages images;
    private readonly OperationJoin join;
    private readonly bool isEcsRead;

    // The pins of the stack after the releases so far: by name, by container as ECS resolved them, and by its record.
    private SortedDictionary<string, string> pins = new(StringComparer.Ordinal);
    private SortedDictionary<string, string> resolved = new(StringComparer.Ordinal);
    private StackRecord? record;

    private ReleaseMerge(HistoryEvidence evidence)
    {
        this.evidence = evidence;
        images = new ContainerImages(evidence);
        join = new OperationJoin(evidence, images);
        isEcsRead = !evidence.Unread.Any(fact =>
            fact.Source.Action == "cloudformation:ListStackResources"
            || fact.Source.Action.StartsWith("ecs:", StringComparison.Ordinal)
        );
    }

    /// <summary>The releases, the newest first.</summary>
    public static IReadOnlyList<Release> Of(HistoryEvidence evidence)
    {
        var merge = new ReleaseMerge(evidence);
        var unassigned = UnassignedDeployments.Of(evidence, merge.join, merge.images);
        var entries = merge
            .join.Operations.Select(each => (each.StartedAt, Create: (Func<Release>)(() => merge.OfOperation(each))))
            .Concat(
                merge.join.LoneRecords.Select(each =>
                    (each.WrittenAt, Create: (Func<Release>)(() => merge.OfRecord(each, unassigned.OfRecord(each))))
                )
            )
            .Concat(
                unassigned.Alone.Select(each =>
                    (each.CreatedAt, Create: (Func<Release>)(() => merge.OfDeployment(each, unassigned)))
                )
            )
            .OrderBy(each => each.Item1);
        return ReleaseFacts.Add(ReleaseVersion.MakeUnique(entries.Select(each => each.Create())), evidence);
    }

    private Release OfOperation(StackOperation operation)
    {
        var own = join.RecordsOf(operation);
        var newest = own is [.., var last] ? last : null;
        var deployments = join.DeploymentsOf(operation);
        var release = new Release
        {
            Version = ReleaseVersion.Of(operation.StartedAt),
            When = operation.StartedAt,
            EndedAt = operation.EndedAt,
            Outcome = operation.Outcome,
            Who = join.CallerOf(operation),
            Why = Joined(operation.IsCut ? "CloudFormation no longer has its beginning" : "", operation.Reason),
            Deployments = deployments,
        };
        return operation.Outcome == ReleaseOutcome.Succeeded
            ? Succeeded(release, newest, deployments, join.HasLostRecord(operation))
            : Attempted(release, join.FindTried(operation, pins), newest, deployments);
    }

    /// <summary>The pins of the stack after a successful release.</summary>
    private Release Succeeded(
        Release release,
        RecordEvidence? own,
        IReadOnlyCollection<DeploymentEvidence> deployments,
        bool isLost = false
    )
    {
        var deployed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, reference) in deployments.SelectMany(images.Of))
        {
            deployed[key] = reference;
        }

        resolved = Merge(resolved, deployed);
        if (own is not null)
        {
            pins = ContainerImages.Of(own);
            record = own.Record;
            return release with
            {
                Version = ReleaseVersion.Of(own),
                Images = pins,
                Record = record,
                Resolved = resolved,
            };
        }

        // SSM creates no version for an unchanged value. If ECS reports other images, the record is no longer the
        // stack's.
        var isUnchanged =
            !isLost
            && record is not null
            && images.Name(deployed).All(each => pins.GetValueOrDefault(each.Key, each.Value) == each.Value);
        if (!isUnchanged)
        {
            record = null;
            // Images that ECS does not report either are unknown, not unchanged.
            pins = isEcsRead ? Merge(pins, images.Name(resolved)) : images.Name(deployed);
        }

        return release with
        {
            Images = pins,
            Record = record,
            Resolved = resolved,
            IsPartial = record is null,
            Why = isUnchanged || pins.Count == 0 ? release.Why : Joined(release.Why, "only ECS knows its images"),
        };
    }

    /// <summary>A release that failed is described by its first attempt: the rollback writes and deploys the previous state again.</summary>
    private Release Attempted(
        Release release,
        RecordEvidence? tried,
        RecordEvidence? last,
        IReadOnlyList<DeploymentEvidence> deployments
    )
    {
        if (last is not null && release.Outcome != ReleaseOutcome.InProgress)
        {
            (pins, record) = (ContainerImages.Of(last), last.Record);
        }

        if (tried is not null)
        {
            return release with
            {
                Version = ReleaseVersion.Of(tried),
                Images = ContainerImages.Of(tried),
                Record = tried.Record,
            };
        }

        var deployed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, reference) in deployments.SelectMany(images.Of))
        {
            deployed.TryAdd(key, reference);
        }

        var named = images.Name(deployed);
        return release with
        {
            Images = named,
            Resolved = deployed,
            IsPartial = true,
            Why = named.Count == 0 ? release.Why : Joined(release.Why, "only ECS knows its images"),
        };
    }

    private Release OfRecord(RecordEvidence own, IReadOnlyCollection<DeploymentEvidence> deployments)
    {
        var release = new Release
        {
            Version = ReleaseVersion.Of(own),
            When = own.WrittenAt,
            EndedAt = own.WrittenAt,
            Outcome = ReleaseOutcome.Succeeded,
            Deployments = [.. deployments],
        };
        return own.WrittenAt >= join.KnownSince
            ? release with
            {
                Outcome = ReleaseOutcome.Attempt,
                Images = ContainerImages.Of(own),
                Record = own.Record,
                Why = "outside of CloudFormation: somebody edited the record by hand",
            }
            : Succeeded(
                release with
                {
                    Why = Joined(
                        deployments.Count > 0 ? "only the record and ECS know of it" : "only the record knows of it",
                        WasWrittenAgain(own)
                            ? "the one before was written again after it: it may have been rolled back"
                            : ""
                    ),
                },
                own,
                deployments
            );
    }

    /// <summary>
    /// Whether the record before was written again right after, as by a rollback of CloudFormation or a deployment of
    /// the previous release.
    /// </summary>
    private bool WasWrittenAgain(RecordEvidence own)
    {
        var before = evidence.Records.FirstOrDefault(each => each.Version == own.Version - 1);
        var after = evidence.Records.FirstOrDefault(each => each.Version == own.Version + 1);
        return before is not null
            && after is not null
            && ContainerImages.Of(before).SequenceEqual(ContainerImages.Of(after));
    }

    private Release OfDeployment(DeploymentEvidence deployment, UnassignedDeployments unassigned)
    {
        var (outcome, why) = unassigned.Decide(deployment);
        var release = new Release
        {
            Version = ReleaseVersion.Of(deployment.CreatedAt),
            When = deployment.CreatedAt,
            EndedAt = deployment.FinishedAt,
            Outcome = outcome,
            Why = why,
            Deployments = [deployment],
        };
        if (outcome == ReleaseOutcome.Succeeded)
        {
            return Succeeded(release, null, [deployment]) with { Why = why };
        }

        var deployed = images.Of(deployment);
        return release with { Images = images.Name(deployed), Resolved = deployed, IsPartial = true };
    }

    private static SortedDictionary<string, string> Merge(
        IDictionary<string, string> below,
        IReadOnlyDictionary<string, string> above
    )
    {
        var both = new SortedDictionary<string, string>(below, StringComparer.Ordinal);
        foreach (var (name, reference) in above)
        {
            both[name] = reference;
        }

        return both;
    }

    private static string Joined(string one, string other) =>
        one.Length > 0 && other.Length > 0 ? $"{one.TrimEnd('.')}; {other}" : one + other;
}
