using Lading.Oci;

namespace Lading.Retention.Acting;

/// <summary>
/// The untagged referrers of a call's images, which are removed first: they are restored if somebody tags their image
/// between two calls, so that it stays.
/// </summary>
internal sealed class BareReferrers
{
    private readonly IImageRepository repository;
    private readonly IReadOnlyList<(Digest Head, ManifestContent Manifest)> manifests;

    private BareReferrers(IImageRepository repository, IReadOnlyList<(Digest, ManifestContent)> manifests)
    {
        this.repository = repository;
        this.manifests = manifests;
    }

    /// <summary>Reads the manifests of the referrers.</summary>
    public static async Task<BareReferrers> ReadAsync(
        IImageRegistry registry,
        RemovalCall call,
        CancellationToken cancellationToken
    )
    {
        var repository = registry.Open(call.Repository.Name);
        var heads = RemovalCall.HeadsOf(call.Images);
        var manifests = new List<(Digest, ManifestContent)>();
        foreach (var digest in call.Images.Select(image => image.Digest).Where(digest => heads[digest] != digest))
        {
            if (
                await repository.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false) is
                { } manifest
            )
            {
                manifests.Add((heads[digest], manifest));
            }
        }

        return new BareReferrers(repository, manifests);
    }

    /// <summary>Restores the referrers of some images, subjects first.</summary>
    /// <returns>Their digests.</returns>
    /// <exception cref="LadingException">One could not be restored.</exception>
    public async Task<IReadOnlyList<Digest>> PutBackAsync(
        IReadOnlyCollection<Digest> images,
        CancellationToken cancellationToken
    )
    {
        var restored = manifests
            .Where(each => images.Contains(each.Head))
            .Select(each => each.Manifest)
            .Reverse()
            .ToList();
        foreach (var manifest in restored)
        {
            await repository.PutManifestAsync(manifest, null, cancellationToken).ConfigureAwait(false);
        }

        return [.. restored.Select(manifest => manifest.Digest)];
    }
}
