using Lading.Aws.CloudFormation;
using Lading.Aws.Sts;
using Lading.Configuration;
using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Gathers the evidence of environments from CloudFormation, SSM, ECS, Lambda, Batch, EventBridge and ECR.</summary>
/// <param name="open">Opens an account and region.</param>
/// <param name="time">The clock, for the times of facts.</param>
/// <param name="connections">The connections that the sessions share, disposed of after them; null if the caller owns
/// them.</param>
internal sealed class EnvironmentGathering(
    Func<EnvironmentDefinition, AwsSession> open,
    TimeProvider time,
    IDisposable? connections = null
) : IEnvironmentGathering
{
    private readonly Dictionary<(string Name, string? Account, string? Region), AwsSession> sessions = [];
    private readonly Lock gate = new();

    public async Task<EnvironmentEvidence> ReadAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        IReadOnlyCollection<ImageReference> heads,
        CancellationToken cancellationToken
    ) =>
        await ReadAsync(
                environment,
                (facts, evidence) => GatherAsync(facts, evidence, owns, heads, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);

    public async Task<EnvironmentEvidence> ReadDeploymentAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        EnvironmentEvidence? before,
        CancellationToken cancellationToken
    ) =>
        await ReadAsync(
                environment,
                (facts, evidence) => new DeploymentFacts(facts, before).ReadAsync(evidence, owns, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);

    private async Task<EnvironmentEvidence> ReadAsync(
        EnvironmentDefinition environment,
        Func<FactGathering, EnvironmentEvidence, Task<EnvironmentEvidence>> gather,
        CancellationToken cancellationToken
    )
    {
        var evidence = new EnvironmentEvidence
        {
            Name = environment.Name,
            Account = environment.Account ?? "",
            Region = environment.Region ?? "",
            Selector = environment.Selector,
            ReadAt = time.GetUtcNow(),
        };
        try
        {
            var session = Open(environment);
            var region = session.Settings.Region;
            evidence = evidence with { Region = region, CliOptions = AwsCliOptions.Of(region, environment.Profile) };
            session.Prepare();
            using var facts = new FactGathering(session, time);
            await session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
            if (environment.Account is null)
            {
                var caller = await session.ReadAsync(new GetCallerIdentity(), cancellationToken).ConfigureAwait(false);
                evidence = evidence with { Account = caller.Account };
            }

            evidence = await gather(facts, evidence).ConfigureAwait(false);
            return evidence with { Unread = facts.Unread };
        }
        catch (LadingException e)
        {
            return evidence with { Failure = e };
        }
    }

    public async Task<HistoryEvidence> ReadHistoryAsync(
        EnvironmentDefinition environment,
        Func<string, bool> owns,
        string? stack,
        CancellationToken cancellationToken
    )
    {
        var session = Open(environment);
        session.Prepare();
        await session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
        using var facts = new FactGathering(session, time);
        var history = new HistoryFacts(facts);
        var stacks = stack is null ? await history.StacksAsync(owns, cancellationToken).ConfigureAwait(false) : [stack];
        if (stacks.Count == 0 && facts.Unread is [{ } unread, ..])
        {
            throw new LadingException(
                "Could not choose a stack",
                unread.Reason,
                unread.IsDenied || unread.Remedy.Length == 0
                    ? $"{unread.Remedy} Or name the stack after the verb, as CloudFormation does.".TrimStart()
                    : unread.Remedy
            );
        }

        if (stacks.Count != 1)
        {
            throw LadingException.Usage(
                "Could not choose a stack",
                stacks.Count > 0
                    ? $"{environment.Name} has several: {string.Join(", ", stacks)}"
                    : $"{environment.Name} has none that pins images",
                stacks.Count > 0
                    ? $"Name one after the verb: {stacks[0]} {environment.Selector}"
                    : $"Name it after the verb, as CloudFormation does: lading status {environment.Selector} shows what there is."
            );
        }

        return await history
            .ReadAsync(stacks[0], HostOf(environment, session), environment.Selector, cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<HistoryEvidence>> ReadPastAsync(
        EnvironmentDefinition environment,
        EnvironmentEvidence present,
        CancellationToken cancellationToken
    )
    {
        var session = Open(environment);
        using var facts = new FactGathering(session, time);
        return await new EnvironmentHistoryFacts(facts, present)
            .ReadAsync(HostOf(environment with { Account = present.Account }, session), cancellationToken)
            .ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }

        connections?.Dispose();
    }

    private static async Task<EnvironmentEvidence> GatherAsync(
        FactGathering facts,
        EnvironmentEvidence evidence,
        Func<string, bool> owns,
        IReadOnlyCollection<ImageReference> heads,
        CancellationToken cancellationToken
    )
    {
        var clusterFacts = new ClusterFacts(facts);
        var (stacks, records, listed) = await ConcurrentTasks
            .AwaitAsync(
                new StackFacts(facts).ReadAsync(owns, cancellationToken),
                new RecordFacts(facts).ReadAsync(owns, cancellationToken),
                clusterFacts.ListAsync(cancellationToken)
            )
            .ConfigureAwait(false);
        var exports = stacks.Any(stack => stack.Template is { } template && Workloads.Imports(template))
            ? await facts.ListAsync(next => new ListExports(next), "", cancellationToken).ConfigureAwait(false)
            : [];
        evidence = evidence with
        {
            Stacks = stacks,
            Exports = exports.DistinctBy(export => export.Key).ToDictionary(StringComparer.Ordinal),
            Records = records,
        };
        var workloads = Workloads.Of(evidence);
        evidence = await clusterFacts.AddAsync(evidence, listed, workloads, cancellationToken).ConfigureAwait(false);
        if (ServiceFacts.DriftedIn(evidence, workloads).Count > 0)
        {
            // An apparent hotswap may be an update that started after the stacks were read.
            var marked = await new StackFacts(facts)
                .MarkChangedAsync(evidence.Stacks, cancellationToken)
                .ConfigureAwait(false);
            evidence = evidence with { Stacks = marked };
        }

        var (services, others) = await ConcurrentTasks
            .AwaitAsync(
                new ServiceFacts(facts).AddAsync(evidence, workloads, cancellationToken),
                new OtherWorkloadFacts(facts).AddAsync(evidence, workloads, cancellationToken)
            )
            .ConfigureAwait(false);
        evidence = others with
        {
            Deployments = services.Deployments,
            Revisions = services.Revisions,
            TaskDefinitions = services.TaskDefinitions,
        };
        var images = await new RegistryFacts(facts)
            .ReadAsync(RunningImages.Of(evidence, workloads).Concat(heads), cancellationToken)
            .ConfigureAwait(false);
        return evidence with { Images = images };
    }

    private static string HostOf(EnvironmentDefinition environment, AwsSession session) =>
        environment.RegistryHost
        ?? new EcrAddress(environment.Account ?? session.Settings.Account, session.Settings.Region).Host;

    private AwsSession Open(EnvironmentDefinition environment)
    {
        var key = (environment.Name, environment.Account, environment.Region);
        lock (gate)
        {
            if (!sessions.TryGetValue(key, out var session))
            {
                session = open(environment);
                sessions.Add(key, session);
            }

            return session;
        }
    }
}
