using Lading.Http;
using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Transport;

namespace Lading.Aws.Ecr;

/// <summary>The ECR registry of an account and region: its own interface where that is cheaper, the distribution protocol for the rest.</summary>
/// <param name="client">Speaks to AWS.</param>
/// <param name="account">Nothing is told, written or created before it holds; null where any account will do that is let in.</param>
/// <param name="registryId">The account whose registry this is.</param>
/// <param name="http">Connections for the distribution protocol; they belong to the caller.</param>
/// <param name="schedule">How often requests are tried.</param>
/// <param name="log">Told of each request; null where nobody looks.</param>
internal sealed class EcrRegistry(
    AwsClient client,
    AccountCheck? account,
    string registryId,
    HttpConnections http,
    RetrySchedule schedule,
    Action<string>? log = null
) : IImageRegistry
{
    private readonly EcrCredentials credentials = new(client, registryId, schedule.Time);
    private readonly EcrImages images = new(client, registryId);
    private RegistryTransport? transport;

    public string Display => new EcrAddress(registryId, client.Settings.Region).Host;

    /// <summary>Amazon ECR service quotas: "Tags per image".</summary>
    public RegistryLimits Limits { get; } = new("ECR", TagsOfAnImage: 1000);

    public void Prepare() => account?.Begin();

    public IImageRepository Open(RepositoryName name) => new EcrRepository(this, name);

    public Task<RepositoryContents> FindImagesAsync(
        RepositoryName repository,
        IReadOnlyCollection<ManifestReference> references,
        CancellationToken cancellationToken
    ) => ReadAsync(token => images.FindAsync(repository, references, token), cancellationToken);

    public async Task<IReadOnlyList<Tag>> FindTagsOfAsync(
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        var found = await FindImagesAsync(repository, [digest], cancellationToken).ConfigureAwait(false);
        return found.Images.Values.FirstOrDefault()?.Tags ?? [];
    }

    public Task<RepositorySettings?> FindSettingsAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        return ReadAsync(AskAsync, cancellationToken);

        async Task<RepositorySettings?> AskAsync(CancellationToken token)
        {
            try
            {
                var all = await client
                    .SendAsync(new DescribeRepositories(registryId, [repository]), token)
                    .ConfigureAwait(false);
                return all.GetValueOrDefault(repository.Value);
            }
            catch (AwsException)
            {
                return null;
            }
        }
    }

    public async Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    )
    {
        await HoldAccountAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var operation = new CreateRepository(registryId, repository, settings);
            await client.SendAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Error.Code == "RepositoryAlreadyExistsException")
        {
            // Somebody was first.
        }
        catch (AwsException e) when (settings.TagsAreMutable)
        {
            // The rule alone would let every tag move, those that say what an image was made from as well.
            throw new LadingException(
                $"Could not create repository {repository}",
                $"{e.Error.Said("ECR")}: it does not take the rule that keeps {string.Join(", ", settings.Exceptions)} from moving",
                "Nothing was created, since source tags must not move: create the repository with immutable tags yourself, or leave out of \"aliases\" those that move."
            );
        }
        catch (AwsException)
        {
            // A region that does not know rules with exceptions: the rule alone, and aliases that cannot move there.
            await CreateRepositoryAsync(repository, settings with { Exceptions = [] }, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        transport?.Dispose();
        credentials.Dispose();
    }

    /// <summary>The distribution protocol of this registry; where it is, the login tells.</summary>
    internal async Task<RegistryTransport> TransportAsync(CancellationToken cancellationToken)
    {
        if (transport is null)
        {
            await HoldAccountAsync(cancellationToken).ConfigureAwait(false);
            var login = await credentials.GetAsync(renew: false, cancellationToken).ConfigureAwait(false);
            var made = new RegistryTransport(RegistryAddress.Of(login.Endpoint), http, credentials, schedule, log);
            if (Interlocked.CompareExchange(ref transport, made, null) is not null)
            {
                made.Dispose();
            }
        }

        return transport;
    }

    /// <summary>Which of some blobs a repository has: a call for each hundred.</summary>
    internal async Task<HeldBlobs> FindBlobsAsync(
        RepositoryName repository,
        IReadOnlyCollection<Digest> blobs,
        CancellationToken cancellationToken
    )
    {
        var questions = blobs
            .Chunk(BatchCheckLayerAvailability.Most)
            .Select(chunk => new BatchCheckLayerAvailability(registryId, repository, chunk));
        try
        {
            var there = await ReadAsync(
                    token => Task.WhenAll(questions.Select(question => client.SendAsync(question, token))),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return new HeldBlobs(there.SelectMany(chunk => chunk).ToHashSet(), BlobPresence.Missing);
        }
        catch (AwsException)
        {
            return HeldBlobs.Unknown;
        }
    }

    /// <summary>Removes a tag or an image: ECR does so by its own interface alone.</summary>
    internal async Task<bool> DeleteAsync(
        RepositoryName repository,
        ManifestReference reference,
        CancellationToken cancellationToken
    )
    {
        await HoldAccountAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var operation = new BatchDeleteImage(registryId, repository, [reference]);
            var deletion = await client.SendAsync(operation, cancellationToken).ConfigureAwait(false);
            return deletion.Failures is not [var failure, ..] || failure.Code == "ImageNotFound"
                ? deletion.Deleted > 0
                : throw new LadingException(
                    $"Could not delete {reference} of {Display}/{repository}",
                    $"ECR says {failure.Code}: {failure.Reason.TrimEnd('.')}",
                    failure.Code == "ImageReferencedByManifestList" ? "Delete the index that names it first." : ""
                );
        }
        catch (AwsException)
        {
            // There is no such repository.
            return false;
        }
    }

    private Task HoldAccountAsync(CancellationToken cancellationToken) =>
        account?.HoldAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>
    /// Reads while the account is still being checked, and tells nothing before it is known to be right: in a wrong account the
    /// answer is wrong too, and not the one to report.
    /// </summary>
    private async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var reading = new ConcurrentWork<T>(read, cancellationToken);
        await using var ended = reading.ConfigureAwait(false);
        await HoldAccountAsync(cancellationToken).ConfigureAwait(false);
        return await reading.Result.ConfigureAwait(false);
    }
}
