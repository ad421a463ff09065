using System.Collections.Concurrent;
using Lading.Aws.Ecr;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Reads a registry: what is stored in the repositories that are cleaned up, and who else may pull from them.</summary>
/// <param name="session">The account and region that reads.</param>
/// <param name="registryId">Whose registry.</param>
/// <param name="scope">What is cleaned up.</param>
/// <param name="uses">Told how much was read.</param>
/// <param name="time">The clock that facts are dated by.</param>
internal sealed class RegistryContents(
    AwsSession session,
    string registryId,
    RetentionScope scope,
    UseCollector uses,
    TimeProvider time
)
{
    private const int AtOnce = 8;

    private readonly ConcurrentQueue<RepositoryHold> holds = [];
    private readonly string host = new EcrAddress(registryId, session.Settings.Region).Host;

    /// <exception cref="LadingException">Not even its repositories could be listed.</exception>
    public async Task<RegistryEvidence> ReadAsync(ManifestMemory? memory, CancellationToken cancellationToken)
    {
        session.Prepare();
        var recording = await PullRecording.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        var stored = new StoredRepositories(
            session,
            registryId,
            memory,
            readsAll: recording.IsExcluded,
            listed => uses.Count(listed, "image")
        );
        var names = await stored.ListAsync(cancellationToken).ConfigureAwait(false);
        var own = names.Where(scope.Includes).ToList();
        var repositories = new ConcurrentDictionary<RepositoryName, StoredRepository>();
        var readers = new ConcurrentDictionary<RepositoryName, OutsideReaders>();
        await Parallel
            .ForEachAsync(
                own,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (name, token) =>
                {
                    if (await FindAsync(stored, name, token).ConfigureAwait(false) is { } repository)
                    {
                        repositories[name] = repository;
                        uses.Count(1, "repository");
                    }

                    if (await FindReadersAsync(name, token).ConfigureAwait(false) is { } found)
                    {
                        readers[name] = found;
                    }
                }
            )
            .ConfigureAwait(false);
        return new RegistryEvidence
        {
            Host = host,
            Account = registryId,
            Region = session.Settings.Region,
            CountedReader = recording.Counted,
            Repositories = [.. repositories.Values.OrderBy(repository => repository.Name)],
            Readers = readers,
            Replicated = await FindReplicasAsync(cancellationToken).ConfigureAwait(false),
            Holds = [.. holds],
        };
    }

    private async Task<StoredRepository?> FindAsync(
        StoredRepositories stored,
        RepositoryName name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await stored
                .FindAsync(name, scope.Repositories.Contains(name), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LadingException e)
        {
            Hold(name, "ecr:DescribeImages", e);
            return new StoredRepository
            {
                Host = host,
                Name = name,
                IsOfProject = scope.Repositories.Contains(name),
            };
        }
    }

    private async Task<OutsideReaders?> FindReadersAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        try
        {
            var policy = await session
                .ReadAsync(new GetRepositoryPolicy(registryId, name), cancellationToken)
                .ConfigureAwait(false);
            return OutsideReaders.Of(policy, registryId);
        }
        catch (AwsException)
        {
            return OutsideReaders.None;
        }
        catch (LadingException e)
        {
            Hold(name, "ecr:GetRepositoryPolicy", e);
            return null;
        }
    }

    private async Task<IReadOnlyList<ReplicatedPrefix>> FindReplicasAsync(CancellationToken cancellationToken)
    {
        var caller = session.Settings.Account;
        if (caller.Length > 0 && caller != registryId)
        {
            // ECR tells an account of its own registry alone; whoever's this is, is asked or holds it.
            return [];
        }

        try
        {
            var rules = await session.ReadAsync(new DescribeRegistry(), cancellationToken).ConfigureAwait(false);
            return
            [
                .. from rule in rules
                from destination in rule.Destinations
                from prefix in rule.Prefixes.DefaultIfEmpty("")
                select new ReplicatedPrefix(prefix, destination.Account, destination.Region),
            ];
        }
        catch (LadingException e)
        {
            Hold(null, "ecr:DescribeRegistry", e);
            return [];
        }
    }

    private void Hold(RepositoryName? name, string action, LadingException failure) =>
        holds.Enqueue(
            new RepositoryHold(
                host,
                name,
                AwsException.IsDenial(failure)
                    ? $"no access to {action} in {registryId}"
                    : $"{action}: {failure.CameBack}",
                failure.Remedy,
                new FactOrigin(action, name?.Value ?? "", time.GetUtcNow())
            )
            {
                Subject = $"{action} in {registryId}/{session.Settings.Region}",
            }
        );
}
