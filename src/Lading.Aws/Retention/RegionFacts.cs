using System.Collections.Concurrent;
using Lading.Aws.CloudFormation;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>An account and region whose uses are read, with the facts that several readers need.</summary>
/// <param name="facts">Reads facts.</param>
/// <param name="account">12 digits.</param>
/// <param name="uses">Collects the uses.</param>
internal sealed class RegionFacts(FactGathering facts, string account, UseCollector uses)
{
    private readonly ConcurrentQueue<(string Definition, UseKind Kind, string Reason)> named = [];

    private readonly ConcurrentQueue<RepositoryHold> holds = [];
    private readonly ConcurrentQueue<StackRelease> releases = [];
    private EnvironmentEvidence? surroundings;

    public FactGathering Facts => facts;

    public string Account => account;

    public string Region => facts.Session.Settings.Region;

    public UseCollector Uses => uses;

    /// <summary>The ARNs of its clusters.</summary>
    public IReadOnlyList<string> Clusters { get; private set; } = [];

    /// <summary>All services of its clusters.</summary>
    public IReadOnlyList<ServiceEvidence> Services { get; private set; } = [];

    /// <summary>
    /// All stacks that are not deleted, without their templates; including those that only have a change set.
    /// </summary>
    public IReadOnlyList<StackEvidence> Stacks { get; private set; } = [];

    /// <summary>The stacks to read: all at first, and later those that changed meanwhile.</summary>
    public IReadOnlyList<StackEvidence> Unread { get; private set; } = [];

    /// <summary>The task definitions in use, with the kind of use and the reason.</summary>
    public IEnumerable<(string Definition, UseKind Kind, string Reason)> NamedDefinitions => named;

    /// <summary>The holds of certain repositories.</summary>
    public IEnumerable<RepositoryHold> Holds => holds;

    /// <summary>The releases in records and in ECS.</summary>
    public IEnumerable<StackRelease> Releases => releases;

    public void Add(StackRelease release) => releases.Enqueue(release);

    public void Add(RepositoryHold hold) => holds.Enqueue(hold);

    /// <summary>Adds a task definition whose images are in use.</summary>
    /// <param name="definition">An ARN, or <c>family:revision</c>.</param>
    /// <param name="kind">The kind of use.</param>
    /// <param name="reason">As part of a sentence that begins with the image.</param>
    public void Name(string definition, UseKind kind, string reason) => named.Enqueue((definition, kind, reason));

    /// <summary>The exports and stacks that templates may refer to; read again after the stacks are.</summary>
    public async Task<EnvironmentEvidence> ReadSurroundingsAsync(CancellationToken cancellationToken)
    {
        if (surroundings is null)
        {
            var exports = await facts
                .ListAsync(next => new ListExports(next), "", cancellationToken)
                .ConfigureAwait(false);
            surroundings = new EnvironmentEvidence
            {
                Name = Account,
                Account = Account,
                Region = Region,
                ReadAt = facts.Now,
                Stacks = Stacks,
                Exports = exports.DistinctBy(export => export.Key).ToDictionary(StringComparer.Ordinal),
            };
        }

        return surroundings;
    }

    /// <summary>Lists the stacks; <see cref="Unread"/> are those that changed since the last listing.</summary>
    public async Task ReadStacksAsync(CancellationToken cancellationToken)
    {
        var known = Stacks.ToDictionary(stack => stack.Id, StringComparer.Ordinal);
        var stacks = await facts
            .ListAsync(next => new DescribeStacks(null, next, facts.Now), "", cancellationToken)
            .ConfigureAwait(false);
        Stacks = [.. stacks.Where(stack => stack.Status != "DELETE_COMPLETE").DistinctBy(stack => stack.Id)];
        surroundings = null;
        uses.Count(Stacks.Count(stack => !known.ContainsKey(stack.Id)), "stack");
        Unread =
        [
            .. Stacks.Where(stack =>
                !known.TryGetValue(stack.Id, out var before)
                || before.Status != stack.Status
                || before.UpdatedAt != stack.UpdatedAt
            ),
        ];
    }

    /// <summary>Reads the clusters and their services.</summary>
    public async Task ReadServicesAsync(CancellationToken cancellationToken)
    {
        var clusterFacts = new ClusterFacts(facts);
        var clusters = await clusterFacts.ListAsync(cancellationToken).ConfigureAwait(false);
        Clusters = [.. clusters.Distinct(StringComparer.Ordinal)];
        var services = await Task.WhenAll(
                Clusters.Select(cluster => clusterFacts.ReadServicesAsync(cluster, [], cancellationToken))
            )
            .ConfigureAwait(false);
        Services = [.. services.SelectMany(each => each.Items)];
        uses.Count(Services.Count, "service");
    }

    /// <summary>The origin of a fact.</summary>
    public FactOrigin Origin(string action, string subject) => new(action, subject, facts.Now);
}
