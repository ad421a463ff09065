using Lading.Oci;

namespace Lading.Registry;

/// <summary>
/// The referrers of a manifest in a registry that does not list them by itself: an index under a tag, which whoever pushes a
/// referrer brings up to date (distribution-spec 1.1, "Pushing Manifests with Subject").
/// </summary>
internal sealed class FallbackReferrers(RemoteRepository repository)
{
    /// <summary>As often as somebody else may be faster.</summary>
    private const int Tries = 5;

    /// <summary>Those that are listed; none if there is no such index.</summary>
    public async Task<IReadOnlyList<Descriptor>> ListAsync(Digest subject, CancellationToken cancellationToken) =>
        (
            await repository.FindManifestContentAsync(ReferrersTag.Of(subject), cancellationToken).ConfigureAwait(false)
        )?.Children
        ?? [];

    /// <summary>Lists one more. Nothing keeps two who do so at once apart: what was written is read back, and written again where it is gone.</summary>
    /// <exception cref="LadingException">Somebody else was always faster.</exception>
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
