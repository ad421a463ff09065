using Lading.Aws.CloudFormation;
using Lading.Configuration;
using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Gathers the evidence of environments from CloudFormation, SSM, ECS, Lambda, Batch, EventBridge and ECR.</summary>
/// <param name="open">Opens an account and region.</param>
/// <param name="time">The clock that facts are dated by.</param>
internal sealed class EnvironmentReading(Func<EnvironmentDefinition, AwsSession> open, TimeProvider time)
    : IEnvironmentReading
{
    private readonly Dictionary<string, AwsSession> sessions = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public async Task<EnvironmentEvidence> ReadAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        IReadOnlyCollection<ImageReference> heads,
        CancellationToken cancellationToken
    )
    {
        var evidence = new EnvironmentEvidence
        {
            Name = environment.Name,
            Account = environment.Account!,
            Region = environment.Region ?? "",
            ReadAt = time.GetUtcNow(),
        };
        try
        {
            var session = Open(environment);
            evidence = evidence with { Region = session.Settings.Region };
            session.Prepare();
            using var facts = new FactReading(session, time);
            await session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
            evidence = await GatherAsync(facts, evidence, owns, heads, cancellationToken).ConfigureAwait(false);
            return evidence with { Unread = facts.Unread };
        }
        catch (LadingException e)
        {
            return evidence with { Failure = e };
        }
    }

    public void Dispose()
    {
        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }
    }

    private static async Task<EnvironmentEvidence> GatherAsync(
        FactReading facts,
        EnvironmentEvidence evidence,
        Func<string, bool> owns,
        IReadOnlyCollection<ImageReference> heads,
        CancellationToken cancellationToken
    )
    {
        var ofClusters = new ClusterFacts(facts);
        var listed = ofClusters.ListAsync(cancellationToken);
        var records = new RecordFacts(facts).ReadAsync(owns, cancellationToken);
        var stacks = await new StackFacts(facts).ReadAsync(owns, cancellationToken).ConfigureAwait(false);
        var exports = stacks.Any(stack => stack.Template is { } template && Workloads.Imports(template))
            ? await facts.ListAsync(next => new ListExports(next), "", cancellationToken).ConfigureAwait(false)
            : [];
        evidence = evidence with
        {
            Stacks = stacks,
            Exports = exports.DistinctBy(export => export.Key).ToDictionary(StringComparer.Ordinal),
            Records = await records.ConfigureAwait(false),
        };
        var workloads = Workloads.Of(evidence);
        evidence = await ReadClustersAsync(
                ofClusters,
                evidence,
                await listed.ConfigureAwait(false),
                workloads,
                cancellationToken
            )
            .ConfigureAwait(false);
        var others = new OtherFacts(facts).AddAsync(evidence, workloads, cancellationToken);
        var services = await new ServiceFacts(facts)
            .AddAsync(evidence, workloads, cancellationToken)
            .ConfigureAwait(false);
        evidence = await others.ConfigureAwait(false) with
        {
            Deployments = services.Deployments,
            Revisions = services.Revisions,
            TaskDefinitions = services.TaskDefinitions,
        };
        var images = await new RegistryFacts(facts)
            .ReadAsync(ImagesOf(evidence, workloads).Concat(heads), cancellationToken)
            .ConfigureAwait(false);
        return evidence with { Images = images };
    }

    private static async Task<EnvironmentEvidence> ReadClustersAsync(
        ClusterFacts clusters,
        EnvironmentEvidence evidence,
        IReadOnlyList<string> listed,
        IReadOnlyList<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var named = workloads
            .Where(workload => workload is { Kind: WorkloadKind.Service, PhysicalId.Length: > 0 })
            .Select(workload => workload.PhysicalId)
            .ToLookup(arn => ArnName.ClusterOf(arn) ?? "", StringComparer.Ordinal);
        var all = listed
            .Union(named.Select(group => group.Key).Where(cluster => cluster.Length > 0), StringComparer.Ordinal)
            .ToList();
        var tasks = Task.WhenAll(all.Select(cluster => clusters.ReadTasksAsync(cluster, cancellationToken)));
        var services = await Task.WhenAll(
                all.Select(cluster => clusters.ReadServicesAsync(cluster, [.. named[cluster]], cancellationToken))
            )
            .ConfigureAwait(false);
        var ids = evidence.Stacks.Select(stack => stack.Id).ToHashSet(StringComparer.Ordinal);
        return evidence with
        {
            // Those of other stacks, such as another environment's, are not this environment's.
            Services =
            [
                .. services
                    .SelectMany(batch => batch.Items)
                    .Where(service => service.Stack is null || ids.Contains(service.Stack)),
            ],
            MissingServices =
            [
                .. services
                    .SelectMany(batch => batch.Failures)
                    .Where(failure => failure.Reason == "MISSING")
                    .Select(failure => failure.Arn),
            ],
            Tasks = [.. (await tasks.ConfigureAwait(false)).SelectMany(each => each)],
        };
    }

    /// <summary>What the registries are asked of: what stacks pin, and what runs in its place.</summary>
    private static IEnumerable<ImageReference> ImagesOf(
        EnvironmentEvidence evidence,
        IReadOnlyList<Workload> workloads
    )
    {
        var index = new EvidenceIndex(evidence);
        foreach (var container in workloads.SelectMany(workload => workload.Containers))
        {
            if (Pin.Of(container, index).Reference is { } reference)
            {
                yield return reference;
            }
        }

        var running = evidence
            .Tasks.Where(task => task.Counts)
            .SelectMany(task => task.Containers)
            .Select(container => (container.Image, container.Digest))
            .Distinct();
        foreach (var (image, digest) in running)
        {
            if (digest is { } found && ImageReference.TryParse(image, out var reference))
            {
                yield return reference with { Digest = found };
            }
        }
    }

    private AwsSession Open(EnvironmentDefinition environment)
    {
        lock (gate)
        {
            if (!sessions.TryGetValue(environment.Name, out var session))
            {
                session = open(environment);
                sessions.Add(environment.Name, session);
            }

            return session;
        }
    }
}
