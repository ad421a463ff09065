using Lading.Assembly;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Registries;

namespace Lading.Shipping;

/// <summary>
/// Finds third-party images, bases and images to mirror, in their registries with the user's own logins.
/// </summary>
/// <param name="registries">Opens their registries.</param>
/// <param name="time">The clock.</param>
internal sealed class UpstreamImages(IRegistries registries, TimeProvider time)
{
    /// <summary>Shorter than elsewhere: if a registry does not answer, the engine may still have the base.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The host in references to images that only the engine of this machine has.</summary>
    private const string EngineHost = "localhost";

    /// <summary>Finds an image by its digest; without one, by the digest that its reference resolves to now.</summary>
    /// <exception cref="LadingException">It does not exist, or its registry cannot be reached.</exception>
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

    /// <summary>Resolves the references of unpinned bases, each once and all concurrently.</summary>
    public async Task<CurrentBases> FindCurrentAsync(
        IEnumerable<BaseReference> bases,
        CancellationToken cancellationToken
    )
    {
        var lookups = bases
            .Where(each => each.IsUnpinned)
            .Distinct()
            .Select(async each =>
                KeyValuePair.Create(each.Reference, await FindAsync(each, cancellationToken).ConfigureAwait(false))
            );
        return new CurrentBases(
            new Dictionary<string, CurrentDigest>(
                await Task.WhenAll(lookups).ConfigureAwait(false),
                StringComparer.Ordinal
            )
        );
    }

    private async Task<CurrentDigest> FindAsync(BaseReference input, CancellationToken cancellationToken)
    {
        if (ImageReference.Parse(input.Reference).Host == EngineHost)
        {
            return new CurrentDigest(null, "is only in the engine of this machine");
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return new CurrentDigest((await GetAsync(input, linked.Token).ConfigureAwait(false)).Digest);
        }
        catch (LadingException failure)
        {
            return new CurrentDigest(null, $"could not be asked: {failure.CameBack}");
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new CurrentDigest(null, "did not answer in time");
        }
    }
}
