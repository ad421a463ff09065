using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Joins what SSM, ECS and CloudTrail tell by their clocks to the operations of a stack: by CloudFormation's own events of the same
/// parameter or service where there are some, else by time and digests.
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
        foreach (var service in evidence.Deployments.GroupBy(each => each.ServiceArn, StringComparer.Ordinal))
        {
            JoinDeployments(service.Key, [.. service.Where(each => !each.IsOutside)]);
        }

        callers = Nearest(
                Operations,
                operation => operation.IsCut ? DateTimeOffset.MinValue : operation.StartedAt,
                evidence.Callers,
                caller => caller.At
            )
            .ToDictionary(pair => pair.One, pair => pair.Other);
    }

    /// <summary>The operations of the stack, the oldest first.</summary>
    public IReadOnlyList<StackOperation> Operations { get; }

    /// <summary>From when on CloudFormation tells all: what it does not have before that, it may have forgotten.</summary>
    public DateTimeOffset KnownSince { get; }

    /// <summary>The versions of the record that an operation wrote, the oldest first.</summary>
    public IReadOnlyList<RecordEvidence> RecordsOf(StackOperation operation) =>
        [.. records.Where(each => each.Value == operation).Select(each => each.Key).OrderBy(record => record.Version)];

    /// <summary>
    /// The record of what an operation tried: a rollback writes the one of before once more, as another version. Null if it failed
    /// before it wrote one, or SSM no longer has it.
    /// </summary>
    /// <param name="operation">One that did not succeed.</param>
    /// <param name="before">What the stack pinned before it, by name.</param>
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

    /// <summary>Whether an operation wrote the record, and SSM no longer has what it wrote, or it cannot be read.</summary>
    public bool HasLostRecord(StackOperation operation) =>
        RecordsOf(operation).Count == 0 && written.Any(each => Around(each) == operation);

    /// <summary>The deployments that an operation began, the oldest first.</summary>
    public IReadOnlyList<DeploymentEvidence> DeploymentsOf(StackOperation operation) =>
        [
            .. deployments
                .Where(each => each.Value == operation)
                .Select(each => each.Key)
                .OrderBy(deployment => deployment.CreatedAt),
        ];

    /// <summary>Who asked for an operation; null if nothing tells.</summary>
    public string? CallerOf(StackOperation operation) => callers.GetValueOrDefault(operation)?.Who;

    /// <summary>Versions of the record that no operation wrote, as far as is known.</summary>
    public IEnumerable<RecordEvidence> LoneRecords => evidence.Records.Where(each => !records.ContainsKey(each));

    /// <summary>Deployments that no operation began, as far as is known.</summary>
    public IEnumerable<DeploymentEvidence> LoneDeployments =>
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

        foreach (var (record, each) in Nearest(evidence.Records, record => record.WrittenAt, written, each => each.At))
        {
            if (Around(each) is { } operation)
            {
                records[record] = operation;
                writes[record] = each;
            }
        }
    }

    private void JoinDeployments(string service, IReadOnlyList<DeploymentEvidence> own)
    {
        var told = evidence.Events.Concat(evidence.NestedEvents).Where(each => each.PhysicalId == service).ToList();
        if (told.Count == 0)
        {
            foreach (var deployment in own)
            {
                if (Around(deployment) is { } operation)
                {
                    deployments[deployment] = operation;
                }
            }

            return;
        }

        // CloudFormation's call comes right after it says that it updates a service, and it makes one.
        var begun = told.Where(each =>
                each.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
                && !each.Status.StartsWith("DELETE_", StringComparison.Ordinal)
            )
            .ToList();
        foreach (
            var (deployment, each) in Nearest(
                own,
                deployment => deployment.CreatedAt,
                begun,
                each => each.At,
                (deployment, each) => Around(each) is { } operation && !Contradicts(deployment, operation)
            )
        )
        {
            deployments[deployment] = Around(each)!;
        }
    }

    /// <summary>The operation of an event. One may begin the moment that another ends.</summary>
    private StackOperation? Around(StackEvent each) =>
        Around(each.At, each.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal));

    /// <summary>The operation around a moment, or near it; of two, the later if it begins something.</summary>
    private StackOperation? Around(DateTimeOffset moment, bool isBeginning) =>
        (isBeginning ? Operations.Reverse() : Operations)
            .Select(operation => (operation, distance: operation.DistanceTo(moment, evidence.ReadAt)))
            .Where(each => each.distance <= ReleaseMerge.Skew)
            .OrderBy(each => each.distance)
            .Select(each => each.operation)
            .FirstOrDefault();

    /// <summary>Where no event tells of a service: near an operation, and not within it, the digests have to be the record's.</summary>
    private StackOperation? Around(DeploymentEvidence deployment)
    {
        var operation = Around(deployment.CreatedAt, isBeginning: true);
        return operation is null || Contradicts(deployment, operation) ? null
            : operation.DistanceTo(deployment.CreatedAt, evidence.ReadAt) == TimeSpan.Zero ? operation
            : RecordsOf(operation).Count > 0 ? operation
            : null;
    }

    /// <summary>Whether a deployment has images that an operation which succeeded did not pin.</summary>
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

    /// <summary>Pairs of what is near in time, each in one pair at most, the nearest first.</summary>
    private static IEnumerable<(TOne One, TOther Other)> Nearest<TOne, TOther>(
        IReadOnlyList<TOne> these,
        Func<TOne, DateTimeOffset> timeOf,
        IReadOnlyList<TOther> those,
        Func<TOther, DateTimeOffset> timeOfOther,
        Func<TOne, TOther, bool>? mayBe = null
    )
        where TOne : class
        where TOther : class
    {
        var paired = new HashSet<object>(ReferenceEqualityComparer.Instance);
        return
        [
            .. these
                .SelectMany(one => those, (one, other) => (One: one, Other: other))
                .Select(pair => (pair, Distance: (timeOf(pair.One) - timeOfOther(pair.Other)).Duration()))
                .Where(each => each.Distance <= ReleaseMerge.Skew)
                .Where(each => mayBe?.Invoke(each.pair.One, each.pair.Other) != false)
                .OrderBy(each => each.Distance)
                .Select(each => each.pair)
                .Where(pair => !paired.Contains(pair.One) && !paired.Contains(pair.Other))
                .Where(pair => paired.Add(pair.One) | paired.Add(pair.Other)),
        ];
    }
}
