using System.Collections.ObjectModel;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;
using Lading.Projects;

namespace Lading.Shipping;

/// <summary>
/// Computes the lock that publishing would write, without publishing: an image that is not built yet has a placeholder
/// digest.
/// </summary>
internal sealed class LockPreview(Workspace workspace)
{
    /// <summary>The placeholder for the digest of an image that is not built yet.</summary>
    public static Digest Placeholder { get; } = Digest.Parse("sha256:" + new string('0', 64));

    private Project Project => workspace.Project;

    /// <summary>Plans, and writes the lock that publishing would write.</summary>
    /// <param name="request">The images and the revision.</param>
    /// <param name="lockPath">The absolute path to write it to.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<PlanOutcome> WriteAsync(
        SnapshotRequest request,
        string lockPath,
        CancellationToken cancellationToken
    )
    {
        var outcome = await new Planning(workspace)
            .RunAsync(request, isOffline: false, cancellationToken)
            .ConfigureAwait(false);
        var registry = await workspace
            .Registries.OpenAsync(Project.Environment, cancellationToken)
            .ConfigureAwait(false);
        var known = LockFile.FindReadable(Project.LockPath);
        var entries = await Task.WhenAll(
                outcome.Plan.Images.Select(image => EntryOfAsync(registry, image, known, cancellationToken))
            )
            .ConfigureAwait(false);
        LockFile.Write(
            lockPath,
            ImageLock.Of(Project.Environment.Name, outcome.Plan.Images.Select(image => image.Name).Zip(entries))
        );
        return outcome;
    }

    private static Task<LockedImage> EntryOfAsync(
        IImageRegistry registry,
        PlannedImage image,
        ImageLock? known,
        CancellationToken cancellationToken
    ) =>
        image is { Action: ShippingAction.Reuse, Digest: { } digest }
            ? LockEntry.OfAsync(
                registry.Open(image.Repository),
                image.Image,
                digest,
                image.MediaType,
                LockEntry.KnownRevision(image.Image, digest, known),
                cancellationToken
            )
            : Task.FromResult(NotYetBuilt(image));

    private static LockedImage NotYetBuilt(PlannedImage image)
    {
        var platforms = image.Image.Definition.Platforms;
        return new LockedImage(
            image.Repository.Value,
            image.Digest ?? Placeholder,
            image.Image.Fingerprint.Hex,
            null,
            platforms
        )
        {
            FingerprintVersion = image.Image.FingerprintVersion,
            Manifests =
                image.Digest is not null ? null
                : platforms.Count > 1 ? platforms.ToDictionary(platform => platform, _ => Placeholder)
                : ReadOnlyDictionary<Platform, Digest>.Empty,
        };
    }
}
