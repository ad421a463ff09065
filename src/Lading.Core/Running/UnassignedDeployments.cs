using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Deployments that no operation of the stack started. If CloudFormation's events are complete, they are attempts; if not, they may be
/// part of a release in the record, or releases of their own.
/// </summary>
internal sealed class UnassignedDeployments
{
    /// <summary>
    /// How long after the first service's deployment the record may be written: CloudFormation writes it once all
    /// services are stable.
    /// </summary>
    private static readonly TimeSpan LongestDeployment = TimeSpan.FromHours(3);

    private readonly HistoryEvidence evidence;
    private readonly OperationJoin join;
    private readonly ContainerImages images;
    private readonly Dictionary<DeploymentEvidence, RecordEvidence> joined = [];

    private UnassignedDeployments(HistoryEvidence evidence, OperationJoin join, ContainerImages images)
    {
        this.evidence = evidence;
        this.join = join;
        this.images = images;
        var records = join
            .LoneRecords.Where(record => record.WrittenAt < join.KnownSince)
            .OrderBy(record => record.WrittenAt)
            .ToList();
        foreach (var deployment in join.UnassignedDeployments.Where(each => each.Status == "SUCCESSFUL"))
        {
            if (records.Find(record => MayBeOf(deployment, record)) is { } found)
            {
                joined[deployment] = found;
            }
        }
    }

    public static UnassignedDeployments Of(HistoryEvidence evidence, OperationJoin join, ContainerImages images) =>
        new(evidence, join, images);

    /// <summary>Deployments that belong to no release, the oldest first.</summary>
    public IEnumerable<DeploymentEvidence> Alone =>
        join
            .UnassignedDeployments.Where(each => !joined.ContainsKey(each))
            .OrderBy(each => each.CreatedAt)
            .ThenBy(each => each.Arn, StringComparer.Ordinal);

    /// <summary>Deployments that belong to a version of the record.</summary>
    public IReadOnlyList<DeploymentEvidence> OfRecord(RecordEvidence record) =>
        [.. joined.Where(each => each.Value == record).Select(each => each.Key).OrderBy(each => each.CreatedAt)];

    /// <summary>The outcome of a deployment that belongs to no release, and why it is listed.</summary>
    public (ReleaseOutcome Outcome, string Why) Decide(DeploymentEvidence deployment)
    {
        var isOutside = deployment.CreatedAt >= join.KnownSince;
        var story =
            deployment.IsRolledBack ? RollbackStory.Describe(deployment)
            : deployment.StatusReason.Length > 0 ? deployment.StatusReason.TrimEnd('.')
            : "";
        if (isOutside)
        {
            return (
                ReleaseOutcome.Attempt,
                $"outside of CloudFormation; {(story.Length > 0 ? story : KindOf(deployment))}"
            );
        }

        var outcome =
            deployment.IsRolledBack ? ReleaseOutcome.RolledBack
            : deployment.IsInProgress ? ReleaseOutcome.InProgress
            : deployment.Status != "SUCCESSFUL" ? ReleaseOutcome.Failed
            // If the stack has a record, a deployment outside of it was not a release.
            : evidence.Records.Count > 0 ? ReleaseOutcome.Attempt
            : ReleaseOutcome.Succeeded;
        return (outcome, story.Length > 0 ? $"only ECS knows of it; {story}" : "only ECS knows of it");
    }

    private string KindOf(DeploymentEvidence deployment)
    {
        if (deployment.Controller != "ECS")
        {
            return deployment.Controller == "CODE_DEPLOY"
                ? $"CodeDeploy deployed it ({deployment.Arn})"
                : "its own deployment controller deployed it";
        }

        var before = evidence
            .Deployments.Where(each =>
                each.ServiceArn == deployment.ServiceArn && each.CreatedAt < deployment.CreatedAt
            )
            .MaxBy(each => each.CreatedAt);
        var (now, then) = (
            images.TaskDefinitionOf(deployment),
            before is null ? null : images.TaskDefinitionOf(before)
        );
        return now is null || then is null ? "a hotswap, a forced deployment or an edit by hand"
            : now == then ? "a forced deployment, or an edit by hand, of the same task definition"
            : "a hotswap or an edit by hand";
    }

    private bool MayBeOf(DeploymentEvidence deployment, RecordEvidence record)
    {
        var deployed = images.Of(deployment).Values;
        var pinned = record.Record.Images.Values.Select(image => image.Reference).ToHashSet(StringComparer.Ordinal);
        return record.WrittenAt - deployment.CreatedAt is var after
            && after >= -ReleaseMerge.Skew
            && after <= LongestDeployment
            && deployed.Any(pinned.Contains);
    }
}
