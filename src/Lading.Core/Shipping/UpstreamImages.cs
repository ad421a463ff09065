using Lading.Assembly;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Registries;

namespace Lading.Shipping;

/// <summary>Images that others publish, bases and images that are mirrored, from their registries with the user's own logins.</summary>
/// <param name="registries">Opens their registries.</param>
/// <param name="time">The clock.</param>
internal sealed class UpstreamImages(IRegistries registries, TimeProvider time)
{
    /// <summary>The engine may have what a registry does not, so that a registry is not waited for as long as elsewhere.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The host of references to images that only an engine of this machine has.</summary>
    private const string EngineHost = "localhost";

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

    /// <summary>
    /// Gives unpinned bases a digest where their registry tells one; the others stay as they are. A build uses what their
    /// references point to when it begins, and says so.
    /// </summary>
    /// <param name="image">The image that is made from them.</param>
    /// <param name="bases">All of its bases.</param>
    /// <param name="progress">Told of each that is unpinned.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<BaseReference>> SettleAsync(
        string image,
        IReadOnlyList<BaseReference> bases,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
                bases.Select(input =>
                    input.IsUnpinned ? SettleAsync(image, input, progress, cancellationToken) : Task.FromResult(input)
                )
            )
            .ConfigureAwait(false);

    private async Task<BaseReference> SettleAsync(
        string image,
        BaseReference input,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var (found, why) = await FindAsync(input, cancellationToken).ConfigureAwait(false);
        progress.Report(
            new ShippingEvent(image, ShippingStage.Preparing)
            {
                Note = found is { } digest
                    ? $"base {input.Reference} is unpinned: built on {digest}, which it names now. 'lading bases update' pins it"
                    : $"base {input.Reference} is unpinned: built on what the engine finds under that name, since its registry {why}",
            }
        );
        return input with { Digest = found };
    }

    private async Task<(Digest? Found, string Why)> FindAsync(BaseReference input, CancellationToken cancellationToken)
    {
        if (ImageReference.Parse(input.Reference).Host == EngineHost)
        {
            return (null, "is only in the engine of this machine");
        }

        using var alarm = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alarm.Token);
        try
        {
            return ((await GetAsync(input, both.Token).ConfigureAwait(false)).Digest, "");
        }
        catch (LadingException failure)
        {
            return (null, $"could not be asked: {failure.CameBack}");
        }
        catch (OperationCanceledException)
            when (alarm.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, "did not answer in time");
        }
    }
}
