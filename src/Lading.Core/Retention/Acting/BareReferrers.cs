using Lading.Oci;

namespace Lading.Retention.Acting;

/// <summary>
/// The referrers of a call's images, which are removed before them: they are restored if their image stays after all because somebody
/// tagged it between two calls.
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

    /// <summary>Reads them.</summary>
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

    /// <summary>Restores those of some images, subjects first.</summary>
    /// <returns>Their digests.</returns>
    /// <exception cref="LadingException">One could not be restored.</exception>
    public async Task<IReadOnlyList<Digest>> PutBackAsync(
        IReadOnlyCollection<Digest> images,
        CancellationToken cancellationToken
    )
    {
        var back = manifests.Where(one => images.Contains(one.Head)).Select(one => one.Manifest).Reverse().ToList();
        foreach (var manifest in back)
        {
            await repository.PutManifestAsync(manifest, null, cancellationToken).ConfigureAwait(false);
        }

        return [.. back.Select(manifest => manifest.Digest)];
    }
}
