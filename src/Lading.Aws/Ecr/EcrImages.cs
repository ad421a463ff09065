using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>Looks images of a repository up with as few calls as ECR allows.</summary>
internal sealed class EcrImages(AwsClient client, string registryId)
{
    private volatile bool knowsStatus = true;

    /// <summary>One call for a hundred images that are all there; three where some are not.</summary>
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

    /// <summary>Those of some images that are there; null where there is no such repository.</summary>
    private async Task<IReadOnlyList<ImageDetail>?> DescribeAsync(
        RepositoryName repository,
        ManifestReference[] images,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await PageAsync(repository, images, "ANY", null, cancellationToken).ConfigureAwait(false)).Images;
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
            // One that is missing fails them all, and the call that tells which does not see archived ones.
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
            var there = await client
                .SendAsync(new BatchGetImage(registryId, repository, images), cancellationToken)
                .ConfigureAwait(false);
            return there.Count == 0
                ? []
                : (
                    await PageAsync(
                            repository,
                            [.. there.Select(digest => (ManifestReference)digest)],
                            "ANY",
                            null,
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                ).Images;
        }
        catch (AwsException)
        {
            // Deleted between two calls: the next run sees what is left.
            return [];
        }
    }

    private async Task<IReadOnlyList<ImageDetail>> ArchivedAsync(
        RepositoryName repository,
        CancellationToken cancellationToken
    )
    {
        var archived = new List<ImageDetail>();
        string? next = null;
        do
        {
            if (!knowsStatus)
            {
                return [];
            }

            var page = await PageAsync(repository, [], "ARCHIVED", next, cancellationToken).ConfigureAwait(false);
            archived.AddRange(page.Images.Where(image => image.IsArchived));
            next = page.Next;
        } while (next is not null);

        return archived;
    }

    private async Task<ImagePage> PageAsync(
        RepositoryName repository,
        IReadOnlyList<ManifestReference> images,
        string status,
        string? next,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var operation = new DescribeImages(registryId, repository, images, knowsStatus ? status : null, next);
            return await client.SendAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Error.Code == "InvalidParameterException" && knowsStatus)
        {
            // A region, or a server in ECR's place, that does not know archived images.
            knowsStatus = false;
            return images.Count == 0
                ? new ImagePage([], null)
                : await PageAsync(repository, images, status, next, cancellationToken).ConfigureAwait(false);
        }
    }
}
