using Lading.Oci;
using Lading.Retention.Acting;

namespace Lading.Aws.Ecr;

/// <summary>Removes images of ECR, sends them to its archive, and brings them back.</summary>
/// <param name="session">The account and region.</param>
/// <param name="registryId">The account whose registry this is.</param>
internal sealed class EcrRemovals(AwsSession session, string registryId)
{
    private const string NotFound = "ImageNotFound";
    private const string IsOnAnother = "ImageTagDoesNotMatchDigest";
    private const string IsReferenced = "ImageReferencedByManifestList";

    /// <summary>Removes a tag or an image.</summary>
    /// <returns>False if it is not here.</returns>
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
            // There is no such repository.
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
            // There is no such repository, and so none of them.
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
                e.Error.Said("ECR"),
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
            // It is on its way already, or came back meanwhile.
        }
    }
}
