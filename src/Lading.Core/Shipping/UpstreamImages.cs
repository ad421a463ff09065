using Lading.Assembly;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Registries;

namespace Lading.Shipping;

/// <summary>Images that others publish, bases and images that are mirrored, from their registries with the user's own logins.</summary>
internal sealed class UpstreamImages(IRegistries registries)
{
    /// <summary>Finds one, at its pin or, where it has none, at what its reference names now.</summary>
    /// <exception cref="LadingException">It is not there, or its registry cannot be reached.</exception>
    public async Task<BaseImage> GetAsync(BaseReference input, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse(input.Reference, out var reference))
        {
            throw LadingException.Usage(
                $"Could not find image {input.Reference}",
                "this is not an image reference",
                "Write it as [host/]repository[:tag][@digest]."
            );
        }

        var registry = await registries.OpenHostAsync(reference.Host, cancellationToken).ConfigureAwait(false);
        var repository = registry.Open(reference.Repository);
        if ((input.Digest ?? reference.Digest) is { } pinned)
        {
            return new BaseImage(input.Reference, repository, pinned);
        }

        var found =
            await repository.FindManifestAsync(reference.Manifest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not find image {input.Reference}",
                $"{reference.Host} has no such image, or none that these credentials may see",
                $"Check the reference. If the image is private, log in: docker login {reference.Host}"
            );
        return new BaseImage(input.Reference, repository, found.Digest);
    }
}
