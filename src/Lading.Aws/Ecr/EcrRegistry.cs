using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Transport;

namespace Lading.Aws.Ecr;

/// <summary>The ECR registry of an account and region: its own interface where that is cheaper, the distribution protocol for the rest.</summary>
internal sealed class EcrRegistry(
    AwsClient client,
    string registryId,
    HttpClient http,
    RetrySchedule schedule,
    Action<string>? log = null
) : IImageRegistry
{
    private readonly EcrCredentials credentials = new(client, registryId, schedule.Time);
    private RegistryTransport? transport;

    public string Display => EcrHost.Of(registryId, client.Settings.Region);

    public IImageRepository Open(RepositoryName name) => new EcrRepository(this, name);

    public async Task<RepositoryContents> FindImagesAsync(
        RepositoryName repository,
        IReadOnlyCollection<Tag> tags,
        CancellationToken cancellationToken
    )
    {
        var wanted = tags.ToHashSet();
        var found = new Dictionary<Tag, FoundImage>();
        foreach (var chunk in tags.Chunk(ImageIds.Most))
        {
            ManifestReference[] ids = [.. chunk.Select(tag => (ManifestReference)tag)];
            var details = await DescribeAsync(repository, ids, cancellationToken).ConfigureAwait(false);
            if (details is null)
            {
                return new RepositoryContents(Exists: false, found);
            }

            foreach (var detail in details)
            {
                foreach (var tag in detail.Tags.Where(wanted.Contains))
                {
                    found[tag] = new FoundImage(detail.Digest, detail.MediaType, detail.Tags, detail.IsArchived);
                }
            }
        }

        return new RepositoryContents(Exists: true, found);
    }

    public async Task<IReadOnlyList<Tag>> FindTagsOfAsync(
        RepositoryName repository,
        Digest digest,
        CancellationToken cancellationToken
    ) =>
        await DescribeAsync(repository, [digest], cancellationToken).ConfigureAwait(false) is [var detail, ..]
            ? detail.Tags
            : [];

    public async Task CreateRepositoryAsync(
        RepositoryName repository,
        RepositorySettings settings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var operation = new CreateRepository(registryId, repository, settings);
            await client.SendAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Error.Code == "RepositoryAlreadyExistsException")
        {
            // Somebody was first.
        }
        catch (AwsException e)
        {
            throw Failure(e);
        }
    }

    public void Dispose()
    {
        credentials.Dispose();
        client.Dispose();
    }

    /// <summary>The distribution protocol of this registry; where it is, the login tells.</summary>
    internal async Task<RegistryTransport> TransportAsync(CancellationToken cancellationToken)
    {
        if (transport is null)
        {
            var login = await credentials.GetAsync(renew: false, cancellationToken).ConfigureAwait(false);
            transport = new RegistryTransport(RegistryAddress.Of(login.Endpoint), http, credentials, schedule, log);
        }

        return transport;
    }

    /// <summary>One call where all are there; null where there is no such repository.</summary>
    private async Task<IReadOnlyList<ImageDetail>?> DescribeAsync(
        RepositoryName repository,
        IReadOnlyList<ManifestReference> images,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client
                .SendAsync(new DescribeImages(registryId, repository, images), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Error.Code == "RepositoryNotFoundException")
        {
            return null;
        }
        catch (AwsException e) when (e.Error.Code == "ImageNotFoundException" && images.Count == 1)
        {
            return [];
        }
        catch (AwsException e) when (e.Error.Code == "ImageNotFoundException")
        {
            // One that is missing fails them all: find out which are there, and describe those.
            var present = await client
                .SendAsync(new BatchGetImage(registryId, repository, images), cancellationToken)
                .ConfigureAwait(false);
            return present.Count == 0
                ? []
                : await DescribeAsync(
                        repository,
                        [.. present.Select(digest => (ManifestReference)digest)],
                        cancellationToken
                    )
                    .ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            throw Failure(e);
        }
    }

    private LadingException Failure(AwsException e) =>
        new($"{e.Attempted} at {Display}", $"ECR says {e.Error.Code}: {e.Error.Text.TrimEnd('.')}", innerException: e);
}
