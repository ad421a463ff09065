using Lading.Oci;

namespace Lading.Registry;

/// <summary>
/// The referrers of a manifest in a registry without the referrers API: an index under a tag, which the client that pushes a referrer
/// updates (distribution-spec 1.1, "Pushing Manifests with Subject").
/// </summary>
internal sealed class FallbackReferrers(RemoteRepository repository)
{
    /// <summary>The number of attempts against concurrent updates.</summary>
    private const int Tries = 5;

    /// <summary>The referrers in the index; empty if there is none.</summary>
    public async Task<IReadOnlyList<Descriptor>> ListAsync(Digest subject, CancellationToken cancellationToken) =>
        (
            await repository.FindManifestContentAsync(ReferrersTag.Of(subject), cancellationToken).ConfigureAwait(false)
        )?.Children
        ?? [];

    /// <summary>
    /// Adds one to the list. Concurrent updates may overwrite each other: the list is read back, and written again if the entry is
    /// lost.
    /// </summary>
    /// <exception cref="LadingException">A concurrent update won every time.</exception>
    public async Task AddAsync(Digest subject, ManifestContent referrer, CancellationToken cancellationToken)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            var listed = await ListAsync(subject, cancellationToken).ConfigureAwait(false);
            if (listed.Any(entry => entry.Digest == referrer.Digest))
            {
                return;
            }

            var index = ManifestContent.Of(
                new ManifestDocument
                {
                    SchemaVersion = 2,
                    MediaType = MediaTypes.OciIndex,
                    Manifests = [.. listed, referrer.AsReferrer()],
                }
            );
            await repository.PutManifestAsync(index, ReferrersTag.Of(subject), cancellationToken).ConfigureAwait(false);
        }

        throw new LadingException(
            $"Could not list {referrer.Digest} among the referrers of {subject} in {repository.Display}",
            $"another client wrote {ReferrersTag.Of(subject)} at the same time, {Tries} times",
            "Try again."
        );
    }
}
