using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Assigns the reports of SSM, ECS and CloudTrail to the operations of a stack: by CloudFormation's events on the same
/// parameter or service if there are any, otherwise by time and digests.
/// </summary>
internal sealed class OperationJoin
{
    /// <summary>How long CloudFormation keeps events.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly HistoryEvidence evidence;
    private readonly ContainerImages images;
    private readonly Dictionary<RecordEvidence, StackOperation> records = [];
    private readonly Dictionary<RecordEvidence, StackEvent> writes = [];
    private readonly Dictionary<DeploymentEvidence, StackOperation> deployments = [];
    private readonly Dictionary<StackOperation, StackCaller> callers;
    private readonly IReadOnlyList<StackEvent> written;

    public OperationJoin(HistoryEvidence evidence, ContainerImages images)
    {
        this.evidence = evidence;
        this.images = images;
        Operations = StackOperation.In(evidence.Events, evidence.StackId);
        KnownSince = KnownSinceOf(evidence);
        written =
        [
            .. evidence.Events.Where(each =>
                each.PhysicalId == StackRecord.ParameterOf(evidence.Stack)
                && each.Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE"
            ),
        ];
        JoinRecords();
        JoinDeployments();
        callers = ClockAlignment
            .Choose([
                .. Operations
                    .Where(operation => !operation.IsCut)
                    .SelectMany(
                        _ => evidence.Callers,
                        (operation, caller) => (operation, caller, caller.At - operation.StartedAt)
                    ),
            ])
            .ToDictionary(pair => pair.One, pair => pair.Other);
    }

    /// <summary>The operations of the stack, the oldest first.</summary>
    public IReadOnlyList<StackOperation> Operations { get; }

    /// <summary>The time from which CloudFormation's events are complete; older ones may have expired.</summary>
    public DateTimeOffset KnownSince { get; }

    /// <summary>The versions of the record that an operation wrote, the oldest first.</summary>
    public IReadOnlyList<RecordEvidence> RecordsOf(StackOperation operation) =>
        [.. records.Where(each => each.Value == operation).Select(each => each.Key).OrderBy(record => record.Version)];

    /// <summary>
    /// The record that an operation tried to write. A rollback writes the previous record again, as a new version. Null if the
    /// operation failed before writing one, or SSM no longer has it.
    /// </summary>
    /// <param name="operation">An operation that did not succeed.</param>
    /// <param name="before">The pins of the stack before it, by name.</param>
    public RecordEvidence? FindTried(StackOperation operation, IReadOnlyDictionary<string, string> before)
    {
        var own = RecordsOf(operation);
        if (own.Count == 0)
        {
            return null;
        }

        if (writes.TryGetValue(own[0], out var write))
        {
            return written.Any(each => each.At < write.At && Around(each) == operation) ? null : own[0];
        }

        return
            own.Count > 1
            || own[0].Record.Images.Any(each => before.GetValueOrDefault(each.Key) != each.Value.Reference)
            ? own[0]
            : null;
    }

    /// <summary>Whether an operation wrote a record that SSM no longer has, or that cannot be read.</summary>
    public bool HasLostRecord(StackOperation operation) =>
        RecordsOf(operation).Count == 0 && written.Any(each => Around(each) == operation);

    /// <summary>The deployments that an operation started, the oldest first.</summary>
    public IReadOnlyList<DeploymentEvidence> DeploymentsOf(StackOperation operation) =>
        [
            .. deployments
                .Where(each => each.Value == operation)
                .Select(each => each.Key)
                .OrderBy(deployment => deployment.CreatedAt),
        ];

    /// <summary>Who started an operation; null if that is unknown.</summary>
    public string? CallerOf(StackOperation operation) => callers.GetValueOrDefault(operation)?.Who;

    /// <summary>Versions of the record that no known operation wrote.</summary>
    public IEnumerable<RecordEvidence> LoneRecords => evidence.Records.Where(each => !records.ContainsKey(each));

    /// <summary>Deployments that no known operation started.</summary>
    public IEnumerable<DeploymentEvidence> UnassignedDeployments =>
        evidence.Deployments.Where(each => !deployments.ContainsKey(each));

    private static DateTimeOffset KnownSinceOf(HistoryEvidence evidence)
    {
        if (evidence.Events.Any(each => each.PhysicalId == evidence.StackId && each.Status == "CREATE_IN_PROGRESS"))
        {
            return DateTimeOffset.MinValue;
        }

        return evidence.Unread.All(fact => fact.Source.Action != "cloudformation:DescribeStackEvents")
                ? evidence.ReadAt - Kept
            : evidence.Events.Count > 0 ? evidence.Events.Min(each => each.At)
            : DateTimeOffset.MaxValue;
    }

    private void JoinRecords()
    {
        if (written.Count == 0)
        {
            foreach (var record in evidence.Records)
            {
                if (Around(record.WrittenAt, isBeginning: false) is { } operation)
                {
                    records[record] = operation;
                }
            }

            return;
        }

        var pairs = ClockAlignment.Choose([
            .. evidence.Records.SelectMany(_ => written, (record, each) => (record, each, record.WrittenAt - each.At)),
        ]);
        foreach (var (record, each) in pairs)
        {
            if (Around(each) is { } operation)
            {
                records[record] = operation;
                writes[record] = each;
            }
        }
    }

    private void JoinDeployments()
    {
        var own = evidence.Deployments.Where(each => !each.IsOutside).ToList();
        // CloudFormation calls ECS once, right after it reports that it is updating a service.
        var begun = evidence
            .Events.Concat(evidence.NestedEvents)
            .Where(each =>
                each.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
                && !each.Status.StartsWith("DELETE_", StringComparison.Ordinal)
            )
            .Select(each => new Beginning(each, Around(each)))
            .ToLookup(each => each.Event.PhysicalId, StringComparer.Ordinal);
        var pairs = ClockAlignment.Choose([
            .. own.SelectMany(
                    deployment => begun[deployment.ServiceArn],
                    (deployment, each) => (deployment, each, later: deployment.CreatedAt - each.Event.At)
                )
                .Where(pair =>
                    pair.later.Duration() <= ReleaseMerge.Skew
                    && pair.each.Operation is { } operation
                    && !Contradicts(pair.deployment, operation)
                ),
        ]);
        foreach (var (deployment, each) in pairs)
        {
            deployments[deployment] = each.Operation!;
        }

        if (!HasResourceEvents)
        {
            foreach (var deployment in own.Where(each => !begun[each.ServiceArn].Any()))
            {
                if (Around(deployment) is { } operation)
                {
                    deployments[deployment] = operation;
                }
            }
        }
    }

    /// <summary>Whether CloudFormation has events on resources. If so, a service without any was not changed.</summary>
    private bool HasResourceEvents =>
        evidence.Events.Any(each => each.PhysicalId != evidence.StackId)
        && evidence.Unread.All(fact => fact.Source.Action != "cloudformation:DescribeStackEvents");

    /// <summary>The operation of an event. An operation may start at the moment at which another ends.</summary>
    private StackOperation? Around(StackEvent each) =>
        Around(each.At, each.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal));

    /// <summary>The operation at a time, or close to it; of two, the later if the event starts an action.</summary>
    private StackOperation? Around(DateTimeOffset moment, bool isBeginning) =>
        (isBeginning ? Operations.Reverse() : Operations)
            .Select(operation => (operation, distance: operation.DistanceTo(moment, evidence.ReadAt)))
            .Where(each => each.distance <= ReleaseMerge.Skew)
            .OrderBy(each => each.distance)
            .Select(each => each.operation)
            .FirstOrDefault();

    /// <summary>The operation of a deployment without events on its service: by time, and if only close to it, by digests.</summary>
    private StackOperation? Around(DeploymentEvidence deployment)
    {
        var operation = Around(deployment.CreatedAt, isBeginning: true);
        return operation is null || Contradicts(deployment, operation) ? null
            : operation.DistanceTo(deployment.CreatedAt, evidence.ReadAt) == TimeSpan.Zero ? operation
            : Pins(operation, deployment) ? operation
            : null;
    }

    /// <summary>Whether a record that an operation wrote has all images of a deployment.</summary>
    private bool Pins(StackOperation operation, DeploymentEvidence deployment)
    {
        var deployed = images.Of(deployment).Values;
        return RecordsOf(operation)
            .Any(record =>
                deployed.Any()
                && deployed.All(each => record.Record.Images.Values.Any(image => image.Reference == each))
            );
    }

    /// <summary>Whether an operation succeeded and did not pin all images of a deployment.</summary>
    private bool Contradicts(DeploymentEvidence deployment, StackOperation operation)
    {
        if (operation.Outcome != ReleaseOutcome.Succeeded || RecordsOf(operation) is not [.., var record])
        {
            return false;
        }

        var pinned = record.Record.Images.Values.Select(image => image.Reference).ToList();
        return images
            .Of(deployment)
            .Values.Any(reference =>
                !pinned.Contains(reference, StringComparer.Ordinal)
                && pinned.Exists(each => ContainerImages.RepositoryOf(each) == ContainerImages.RepositoryOf(reference))
            );
    }

    /// <summary>An event that starts a change of a service, and its operation.</summary>
    private sealed record Beginning(StackEvent Event, StackOperation? Operation);
}
