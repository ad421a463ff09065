using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>Looks up images of a repository with as few calls as ECR allows.</summary>
internal sealed class EcrImages(AwsSession session, string registryId)
{
    private volatile bool knowsStatus = true;

    /// <summary>Looks up images, with one call for each hundred; three if some of them are missing.</summary>
    public async Task<RepositoryContents> FindAsync(
        RepositoryName repository,
        IReadOnlyCollection<ManifestReference> references,
        CancellationToken cancellationToken
    )
    {
        var chunks = references
            .Distinct()
            .Chunk(ImageIds.Most)
            .Select(chunk => DescribeAsync(repository, chunk, cancellationToken));
        var answers = await Task.WhenAll(chunks).ConfigureAwait(false);
        var found = new Dictionary<ManifestReference, FoundImage>();
        foreach (var detail in answers.SelectMany(answer => answer ?? []))
        {
            foreach (var reference in references.Where(detail.Answers))
            {
                found[reference] = detail.Found;
            }
        }

        return new RepositoryContents(!answers.Contains(null), found);
    }

    /// <summary>The details of those images that exist; null if the repository does not exist.</summary>
    private async Task<IReadOnlyList<ImageDetail>?> DescribeAsync(
        RepositoryName repository,
        ManifestReference[] images,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await DescribeSomeAsync(repository, images, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Error.Code == "RepositoryNotFoundException")
        {
            return null;
        }
        catch (AwsException) when (images.Length == 1)
        {
            return [];
        }
        catch (AwsException)
        {
            // A missing image fails the whole call, and the call that finds the others does not return archived ones.
            var both = await Task.WhenAll(
                    PresentAsync(repository, images, cancellationToken),
                    ArchivedAsync(repository, cancellationToken)
                )
                .ConfigureAwait(false);
            return [.. both.SelectMany(part => part)];
        }
    }

    private async Task<IReadOnlyList<ImageDetail>> PresentAsync(
        RepositoryName repository,
        ManifestReference[] images,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var present = await session
                .ReadAsync(new BatchGetImage(registryId, repository, images), cancellationToken)
                .ConfigureAwait(false);
            return present.Count == 0
                ? []
                : await DescribeSomeAsync(
                        repository,
                        [.. present.Select(image => (ManifestReference)image.Digest).Distinct()],
                        cancellationToken
                    )
                    .ConfigureAwait(false);
        }
        catch (AwsException)
        {
            // One was deleted between the two calls: the next run finds the others.
            return [];
        }
    }

    private async Task<IReadOnlyList<ImageDetail>> ArchivedAsync(
        RepositoryName repository,
        CancellationToken cancellationToken
    )
    {
        var archived = new List<ImageDetail>();
        if (!knowsStatus)
        {
            return archived;
        }

        try
        {
            await foreach (
                var image in session
                    .ListAsync(
                        next => new DescribeImages(registryId, repository, [], "ARCHIVED", next),
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            )
            {
                if (image.IsArchived)
                {
                    archived.Add(image);
                }
            }
        }
        catch (AwsException e) when (e.Error.Code == "InvalidParameterException")
        {
            knowsStatus = false;
        }

        return archived;
    }

    private async Task<IReadOnlyList<ImageDetail>> DescribeSomeAsync(
        RepositoryName repository,
        IReadOnlyList<ManifestReference> images,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var operation = new DescribeImages(registryId, repository, images, knowsStatus ? "ANY" : null);
            return (await session.ReadAsync(operation, cancellationToken).ConfigureAwait(false)).Items;
        }
        catch (AwsException e) when (e.Error.Code == "InvalidParameterException" && knowsStatus)
        {
            // A region, or a replacement for ECR, without archived images.
            knowsStatus = false;
            return await DescribeSomeAsync(repository, images, cancellationToken).ConfigureAwait(false);
        }
    }
}
