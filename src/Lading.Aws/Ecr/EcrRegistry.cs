using Lading.Aws.Running;
using Lading.Configuration;
using Lading.Oci;
using Lading.Records;
using Lading.Registry;
using Lading.Registry.Transport;
using Lading.Retention.Acting;

namespace Lading.Aws.Ecr;

/// <summary>
/// The ECR registry of an account and region: ECR's API where that takes fewer calls, the distribution protocol for
/// everything else.
/// </summary>
/// <param name="session">The account and region; disposed of with this object.</param>
/// <param name="registryId">The account of the registry.</param>
internal sealed class EcrRegistry(AwsSession session, string registryId) : IPrunedRegistry, IDeployedRecords
{
    private readonly EcrCredentials credentials = new(session, registryId);
    private readonly EcrImages images = new(session, registryId);
    private readonly EcrRemovals removals = new(session, registryId);
    private RegistryTransport? transport;

    public string Display => new EcrAddress(registryId, session.Settings.Region).Host;

    /// <summary>Amazon ECR service quotas: "Tags per image".</summary>
    public RegistryLimits Limits { get; } = new("ECR", TagsOfAnImage: 1000);

    public bool TellsTags => true;

    public string? RemedyForArchived(RepositoryName repository, Digest digest) =>
        EcrRemedies.Restore(repository, digest) + CliOptions;

    public string? RemedyForMovingTags(RepositoryName repository) => EcrRemedies.KeepTags(repository) + CliOptions;

    private string CliOptions =>
        $"{(registryId == session.Settings.Account ? "" : $" --registry-id {registryId}")}{AwsCliOptions.Of(session.Settings.Region, session.Settings.Profile)}";

    public void Prepare() => session.Prepare();

    public IImageRepository Open(RepositoryName name) => new EcrRepository(this, name);

    public Task<DeployedRecords> ReadRecordsAsync(CancellationToken cancellationToken) =>
        new DeployedRecordFacts(session).ReadAsync(cancellationToken);

    public Task<RepositoryContents> FindImagesAsync(
        RepositoryName repository,
        IReadOnlyCollection<ManifestReference> references,
        CancellationToken cancellationToken
    ) => session.ReadAsync(token => images.FindAsync(repository, references, token), cancellationToken);

    public async Task<IReadOnlyList<Tag>> FindTagsOfAsync(
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        var found = await FindImagesAsync(repository, [digest], cancellationToken).ConfigureAwait(false);
        return found.Images.Values.FirstOrDefault()?.Tags ?? [];
    }

    public Task RestoreAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        removals.RestoreAsync(repository, digest, cancellationToken);

    public Task ArchiveAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        removals.ArchiveAsync(repository, digest, cancellationToken);

    public Task<IReadOnlyList<RemovalFailure>> RemoveAsync(
        RepositoryName repository,
        IReadOnlyList<RemovedReference> references,
        CancellationToken cancellationToken
    ) => removals.RemoveAsync(repository, references, cancellationToken);

    public async Task<TimeSpan?> GetClockLeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ServiceClock.AheadAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            // The next operation fails for the same reason, and reports it.
            return null;
        }
    }

    public async Task<string> GetCallerAsync(CancellationToken cancellationToken) =>
        (await session.GetCallerAsync(cancellationToken).ConfigureAwait(false)).Arn;

    public async Task<RepositorySettings?> FindSettingsAsync(
        RepositoryName repository,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var all = await session
                .ReadAsync(new DescribeRepositories(registryId, [repository]), cancellationToken)
                .ConfigureAwait(false);
            return all.GetValueOrDefault(repository.Value);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    public async Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var operation = new CreateRepository(registryId, repository, settings);
            await session.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Error.Code == "RepositoryAlreadyExistsException")
        {
            // Another client was first.
        }
        catch (AwsException e) when (settings.TagsAreMutable)
        {
            // Without the exceptions, every tag would be mutable, including source tags.
            throw new LadingException(
                $"Could not create repository {repository}",
                $"{e.Error.Describe("ECR")}: it does not take the rule that keeps {string.Join(", ", settings.Exceptions)} from moving",
                "Nothing was created, since source tags must not move: create the repository with immutable tags yourself, or leave out of \"aliases\" those that move."
            );
        }
        catch (AwsException)
        {
            // The region does not support exceptions: all tags are immutable, including aliases.
            await CreateRepositoryAsync(repository, settings with { Exceptions = [] }, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        transport?.Dispose();
        credentials.Dispose();
        session.Dispose();
    }

    /// <summary>The distribution protocol of this registry, whose address comes with the login.</summary>
    internal async Task<RegistryTransport> TransportAsync(CancellationToken cancellationToken)
    {
        if (transport is null)
        {
            await session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
            var login = await credentials.GetAsync(renew: false, cancellationToken).ConfigureAwait(false);
            var created = new RegistryTransport(
                RegistryAddress.Of(login.Endpoint),
                session.Http,
                credentials,
                session.Schedule,
                session.Log
            );
            if (Interlocked.CompareExchange(ref transport, created, null) is not null)
            {
                created.Dispose();
            }
        }

        return transport;
    }

    /// <summary>Looks up blobs in a repository, with one call for each hundred.</summary>
    internal async Task<HeldBlobs> FindBlobsAsync(
        RepositoryName repository,
        IReadOnlyCollection<Digest> blobs,
        CancellationToken cancellationToken
    )
    {
        var operations = blobs
            .Chunk(BatchCheckLayerAvailability.Most)
            .Select(chunk => new BatchCheckLayerAvailability(registryId, repository, chunk));
        try
        {
            var available = await Task.WhenAll(
                    operations.Select(operation => session.ReadAsync(operation, cancellationToken))
                )
                .ConfigureAwait(false);
            return new HeldBlobs(available.SelectMany(chunk => chunk).ToHashSet(), BlobPresence.Missing);
        }
        catch (AwsException)
        {
            return HeldBlobs.Unknown;
        }
    }

    /// <summary>Removes a tag or an image, which only ECR's API can do.</summary>
    internal async Task<bool> DeleteAsync(
        RepositoryName repository,
        ManifestReference reference,
        CancellationToken cancellationToken
    ) => await removals.DeleteAsync(repository, reference, cancellationToken).ConfigureAwait(false);
}
