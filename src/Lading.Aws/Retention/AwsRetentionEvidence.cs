using Lading.Aws.Running;
using Lading.Configuration;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads the images in the registry of an environment, and their uses in all accounts and regions of the scope.
/// </summary>
/// <param name="scope">The repositories to clean up, and the accounts to look for uses in.</param>
/// <param name="readers">The readers of all kinds of uses.</param>
/// <param name="open">Opens an account and region.</param>
/// <param name="time">The clock, for the times of facts.</param>
/// <param name="connections">The connections that the sessions share, disposed of after them; null if the caller owns
/// them.</param>
internal sealed class AwsRetentionEvidence(
    RetentionScope scope,
    IReadOnlyList<IUseReader> readers,
    Func<EnvironmentDefinition, AwsSession> open,
    TimeProvider time,
    IDisposable? connections = null
) : IAccountEvidence
{
    private readonly Dictionary<(string?, string?), AwsSession> sessions = [];
    private readonly Lock gate = new();

    /// <summary>Receives the progress; null for none.</summary>
    public IRetentionProgress? Progress { get; init; }

    /// <summary>The cache of indexes; null to read them all.</summary>
    public ManifestMemory? Memory { get; init; }

    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var hosts = scope
            .Targets.Prepend(scope.Environment)
            .Select(each => each.RegistryHost)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var uses = new UseCollector(hosts, Progress);
        var (registries, regions) = await ConcurrentTasks
            .AwaitAsync(
                ReadRegistriesAsync(uses, cancellationToken),
                Task.WhenAll(scope.Accounts.Select(account => ReadAsync(account, uses, cancellationToken)))
            )
            .ConfigureAwait(false);
        var rules = new HoldRules(
            registries.Evidence,
            [.. regions.Select(region => new QueriedAccount(region.Account, region.Region, region.Unread))]
        );
        return new RetentionEvidence
        {
            ReadAt = readAt,
            Repositories = [.. registries.Evidence.SelectMany(registry => registry.Repositories)],
            CountedReader = registries.Evidence[0].CountedReader,
            Uses = uses.Uses,
            Releases = [.. regions.SelectMany(region => region.Releases)],
            Promotions =
            [
                .. scope.Targets.Select(target => new PromotionPath(
                    scope.Environment.RegistryHost!,
                    target.RegistryHost!,
                    target.Name
                )),
            ],
            Holds = [.. rules.Holds, .. registries.Holds, .. regions.SelectMany(region => region.Holds)],
            Counts =
            [
                new EvidenceCount(
                    scope.Accounts.Select(each => each.Account).Distinct(StringComparer.Ordinal).Count(),
                    "account"
                ),
                .. uses.Counts.Where(count => count.Noun is not ("image" or "repository")),
            ],
        };
    }

    public void Dispose()
    {
        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }

        connections?.Dispose();
    }

    /// <summary>
    /// Reads the environment's registry, and those of environments that images are promoted to from it; if one of the
    /// latter cannot be read, the registry is held.
    /// </summary>
    private async Task<(
        IReadOnlyList<RegistryEvidence> Evidence,
        IReadOnlyList<RepositoryHold> Holds
    )> ReadRegistriesAsync(UseCollector uses, CancellationToken cancellationToken)
    {
        var registries = new List<RegistryEvidence>
        {
            await ReadRegistryAsync(scope.Environment, uses, cancellationToken).ConfigureAwait(false),
        };
        var holds = new List<RepositoryHold>();
        foreach (var target in scope.Targets)
        {
            try
            {
                registries.Add(await ReadRegistryAsync(target, uses, cancellationToken).ConfigureAwait(false));
            }
            catch (LadingException e)
            {
                holds.Add(
                    new RepositoryHold(
                        scope.Environment.RegistryHost,
                        null,
                        $"what {target.Name} has from here is unknown: {e.CameBack}",
                        e.Remedy,
                        null
                    )
                    {
                        Subject = $"registry of {target.Name}",
                    }
                );
            }
        }

        return (registries, holds);
    }

    private Task<RegistryEvidence> ReadRegistryAsync(
        EnvironmentDefinition environment,
        UseCollector uses,
        CancellationToken cancellationToken
    )
    {
        if (environment.RegistryAccount is not { } registryId)
        {
            throw new LadingException($"Could not read the registry of {environment.Name}", "it is not ECR");
        }

        var session = Open(environment);
        return new RegistryContents(session, FindOwner(session, registryId), registryId, scope, uses, time).ReadAsync(
            Memory,
            cancellationToken
        );
    }

    /// <summary>The session of the registry's own account in its region, if the scope includes it.</summary>
    private AwsSession? FindOwner(AwsSession session, string registryId) =>
        session.Settings.Account.Length == 0 || session.Settings.Account == registryId
            ? session
            : scope
                .Accounts.Where(account => account.Account == registryId)
                .Select(Open)
                .FirstOrDefault(each => each.Settings.Region == session.Settings.Region);

    private async Task<RegionUses> ReadAsync(
        EnvironmentDefinition environment,
        UseCollector uses,
        CancellationToken cancellationToken
    )
    {
        var account = environment.Account!;
        var region = environment.Region ?? "";
        try
        {
            var session = Open(environment);
            region = session.Settings.Region;
            session.Prepare();
            await session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
            using var facts = new FactGathering(session, time);
            var found = new RegionFacts(facts, account, uses);
            await ReadInOrderAsync(found, cancellationToken).ConfigureAwait(false);
            await DefinitionUses.DescribeAsync(found, cancellationToken).ConfigureAwait(false);
            return new RegionUses(account, region, facts.Unread, [.. found.Releases], [.. found.Holds]);
        }
        catch (LadingException e)
        {
            var source = new FactOrigin("sts:GetCallerIdentity", "", time.GetUtcNow());
            var unread = new UnreadFact(source, $"{account}/{region} could not be read: {e.CameBack}", e.Remedy, []);
            return new RegionUses(account, region, [unread], [], []);
        }
    }

    /// <summary>
    /// Reads in the order in which images move, so that an image that moves meanwhile is found in its old place or its
    /// new one.
    /// </summary>
    private async Task ReadInOrderAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        await region.ReadStacksAsync(cancellationToken).ConfigureAwait(false);
        await ReadStageAsync(UseStage.ChangeSets).ConfigureAwait(false);
        await ReadStageAsync(UseStage.Templates).ConfigureAwait(false);
        await region.ReadStacksAsync(cancellationToken).ConfigureAwait(false);
        await ReadStageAsync(UseStage.ChangeSets).ConfigureAwait(false);
        await ReadStageAsync(UseStage.Templates).ConfigureAwait(false);
        await ReadStageAsync(UseStage.Workloads).ConfigureAwait(false);
        UpdatedStacks.Hold(region);
        await region.ReadServicesAsync(cancellationToken).ConfigureAwait(false);
        await ReadStageAsync(UseStage.Services).ConfigureAwait(false);
        await ReadStageAsync(UseStage.Tasks).ConfigureAwait(false);

        Task ReadStageAsync(UseStage stage) =>
            Task.WhenAll(
                readers
                    .Where(reader => reader.Stage == stage)
                    .Select(reader => reader.ReadAsync(region, cancellationToken))
            );
    }

    private AwsSession Open(EnvironmentDefinition environment)
    {
        lock (gate)
        {
            var key = (environment.Account, environment.Region);
            if (!sessions.TryGetValue(key, out var session))
            {
                session = open(environment);
                sessions.Add(key, session);
            }

            return session;
        }
    }

    /// <summary>The evidence on an account and region.</summary>
    private sealed record RegionUses(
        string Account,
        string Region,
        IReadOnlyList<UnreadFact> Unread,
        IReadOnlyList<StackRelease> Releases,
        IReadOnlyList<RepositoryHold> Holds
    );
}
