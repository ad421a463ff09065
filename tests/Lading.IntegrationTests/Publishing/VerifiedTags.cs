using Lading.Oci;

namespace Lading.IntegrationTests.Publishing;

/// <summary>
/// Verifies what is behind every tag of a repository: each manifest and each blob must exist, with the bytes of its
/// digest.
/// </summary>
internal static class VerifiedTags
{
    /// <returns>What each tag points to.</returns>
    public static async Task<IReadOnlyDictionary<string, Digest>> VerifyAsync(
        IImageRepository repository,
        CancellationToken cancellationToken
    )
    {
        var tags = new Dictionary<string, Digest>();
        var verified = new HashSet<Digest>();
        foreach (var tag in await repository.ListTagsAsync(cancellationToken))
        {
            var found = await repository.FindManifestAsync(tag, cancellationToken);
            Assert.NotNull(found);
            await VerifyManifestAsync(repository, found.Digest, verified, cancellationToken);
            tags.Add(tag.Name, found.Digest);
        }

        return tags;
    }

    private static async Task VerifyManifestAsync(
        IImageRepository repository,
        Digest digest,
        HashSet<Digest> verified,
        CancellationToken cancellationToken
    )
    {
        if (!verified.Add(digest))
        {
            return;
        }

        var manifest = await repository.FindManifestContentAsync(digest, cancellationToken);
        Assert.True(manifest is not null, $"{repository.Display} lacks manifest {digest}");
        Assert.Equal(digest, Digest.OfBytes(manifest.Bytes.Span));
        foreach (var child in manifest.Children)
        {
            await VerifyManifestAsync(repository, child.Digest, verified, cancellationToken);
        }

        foreach (var blob in manifest.Blobs.Where(blob => verified.Add(blob.Digest)))
        {
            await using var stream = await repository.OpenBlobAsync(blob, cancellationToken);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken);
            Assert.Equal((blob.Size, blob.Digest), (bytes.Length, Digest.OfBytes(bytes.ToArray())));
        }
    }
}
