using System.Collections.Concurrent;
using Lading.Aws.Ecr;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads a registry: the contents of the repositories to clean up, and which other accounts may pull from them.
/// </summary>
/// <param name="session">The account and region of the reader.</param>
/// <param name="owner">The session of the registry's own account in its region, which alone may read the registry's
/// policy; null if the scope lacks it.</param>
/// <param name="registryId">The account of the registry.</param>
/// <param name="scope">The repositories to clean up.</param>
/// <param name="uses">Counts what was read.</param>
/// <param name="time">The clock, for the times of facts.</param>
internal sealed class RegistryContents(
    AwsSession session,
    AwsSession? owner,
    string registryId,
    RetentionScope scope,
    UseCollector uses,
    TimeProvider time
)
{
    private const int Parallelism = 8;

    private readonly ConcurrentQueue<RepositoryHold> holds = [];
    private readonly string host = new EcrAddress(registryId, session.Settings.Region).Host;

    /// <summary>Reads the registry; what cannot be read becomes a hold.</summary>
    /// <exception cref="LadingException">Its repositories could not be listed.</exception>
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
        var policy = await FindPolicyAsync(cancellationToken).ConfigureAwait(false);
        await Parallel
            .ForEachAsync(
                own,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (name, token) =>
                {
                    if (await FindAsync(stored, name, token).ConfigureAwait(false) is { } repository)
                    {
                        repositories[name] = repository;
                        uses.Count(1, "repository");
                    }

                    if (await FindReadersAsync(name, token).ConfigureAwait(false) is { } found)
                    {
                        readers[name] = found.With(OutsideReaders.Of(policy, registryId, name));
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

    /// <summary>The policy of the whole registry; empty for none, or if it is unknown, which holds the registry.</summary>
    private async Task<string> FindPolicyAsync(CancellationToken cancellationToken)
    {
        if (owner is null)
        {
            holds.Enqueue(
                new RepositoryHold(
                    host,
                    null,
                    $"ECR tells who else may pull from the registry of {registryId} to that account alone",
                    $"Add it with --also {registryId}/{session.Settings.Region}, or list it under \"exceptions\" of \"retention\" in lading.json.",
                    null
                )
                {
                    Subject = $"account {registryId}",
                }
            );
            return "";
        }

        try
        {
            return await owner.ReadAsync(new GetRegistryPolicy(), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            return "";
        }
        catch (LadingException e)
        {
            Hold(null, "ecr:GetRegistryPolicy", e);
            return "";
        }
    }

    private async Task<IReadOnlyList<ReplicatedPrefix>> FindReplicasAsync(CancellationToken cancellationToken)
    {
        if (owner is null)
        {
            return [];
        }

        try
        {
            var rules = await owner.ReadAsync(new DescribeRegistry(), cancellationToken).ConfigureAwait(false);
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
