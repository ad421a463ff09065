using Lading.Oci;
using Lading.Retention.Acting;

namespace Lading.Aws.Ecr;

/// <summary>Removes images from ECR, archives and restores them.</summary>
/// <param name="session">The account and region.</param>
/// <param name="registryId">The account of the registry.</param>
internal sealed class EcrRemovals(AwsSession session, string registryId)
{
    private const string NotFound = "ImageNotFound";
    private const string IsOnAnother = "ImageTagDoesNotMatchDigest";
    private const string IsReferenced = "ImageReferencedByManifestList";

    /// <summary>Removes a tag or an image.</summary>
    /// <returns>False if it does not exist.</returns>
    public async Task<bool> DeleteAsync(
        RepositoryName repository,
        ManifestReference reference,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var operation = new BatchDeleteImage(registryId, repository, [reference]);
            var deletion = await session.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
            return deletion.Failures is not [var failure, ..] || failure.Code == NotFound
                ? deletion.Deleted > 0
                : throw new LadingException(
                    $"Could not delete {reference} of {new EcrAddress(registryId, session.Settings.Region).Host}/{repository}",
                    $"ECR says {failure.Code}: {failure.Reason.TrimEnd('.')}",
                    failure.Code == IsReferenced ? "Delete the index that names it first." : ""
                );
        }
        catch (AwsException)
        {
            // The repository does not exist.
            return false;
        }
    }

    public async Task<IReadOnlyList<RemovalFailure>> RemoveAsync(
        RepositoryName repository,
        IReadOnlyList<RemovedReference> references,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var operation = new BatchDeleteImage(
                registryId,
                repository,
                [
                    .. references.Select(reference =>
                        reference.Tag is { } tag ? tag : (ManifestReference)reference.Digest
                    ),
                ],
                [.. references.Select(reference => reference.Digest)]
            );
            var deletion = await session.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
            return
            [
                .. deletion
                    .Failures.Where(failure => failure.Code is not (NotFound or IsOnAnother))
                    .Select(failure => new RemovalFailure(
                        failure.Image,
                        $"{failure.Code}: {failure.Reason.TrimEnd('.')}"
                    )),
            ];
        }
        catch (AwsException)
        {
            // The repository does not exist, and so none of them do.
            return [];
        }
    }

    public async Task ArchiveAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            var operation = new UpdateImageStorageClass(registryId, repository, digest, "ARCHIVE");
            await session.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            throw new LadingException(
                $"Could not archive {digest} of {repository}",
                e.Error.Describe("ECR"),
                "What an index names goes to the archive with the index."
            );
        }
    }

    public async Task RestoreAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            var operation = new UpdateImageStorageClass(registryId, repository, digest, "STANDARD");
            await session.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            // It is being restored already, or was restored meanwhile.
        }
    }
}
