using Lading.Engines;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// The producers of missing images: one for each kind of image, or one that copies from the environment they are
/// promoted from.
/// </summary>
/// <param name="workspace">The project, its registries and a folder for checkouts and layers.</param>
/// <param name="sources">The images' inputs.</param>
/// <param name="engine">The container engine; null if nothing is built from a Dockerfile.</param>
/// <param name="cache">The engine's build cache; null for none.</param>
/// <param name="target">The registry that images are published to.</param>
/// <param name="origin">The registry that a promotion copies from; null if there is none.</param>
/// <param name="upstream">Finds third-party images.</param>
/// <param name="current">The current digests of unpinned bases.</param>
internal sealed class ImageProducers(
    Workspace workspace,
    ProjectSnapshot sources,
    Engine? engine,
    BuildCache? cache,
    IImageRegistry target,
    IImageRegistry? origin,
    UpstreamImages upstream,
    Task<CurrentBases> current
) : IDisposable
{
    private readonly DockerfileBuilder builder = new(workspace, sources, engine, cache, target, current);

    /// <summary>Returns the producer for an image.</summary>
    public IImageProducer For(PlannedImage image) =>
        origin is not null
            ? new PromotedImageProducer(origin, workspace.Time)
            : image.Image.Inputs switch
            {
                BuiltInputs => builder,
                AssembledInputs => new AssembledImageProducer(workspace, sources, upstream, current),
                MirroredInputs => new MirroredImageProducer(upstream),
                _ => throw new NotSupportedException(image.Image.Inputs.GetType().Name),
            };

    public void Dispose() => builder.Dispose();
}
