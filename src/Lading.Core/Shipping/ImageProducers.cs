using Lading.Engines;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Who makes an image that is missing: one producer for each kind of image, or the environment that it is promoted from.</summary>
/// <param name="workspace">The project, its registries and a folder for checkouts and layers.</param>
/// <param name="sources">The images' inputs.</param>
/// <param name="engine">What builds Dockerfiles; null if no platform of any is to be built.</param>
/// <param name="cache">Where the engine keeps what builds leave; null for nowhere.</param>
/// <param name="target">The registry that images go to.</param>
/// <param name="origin">The registry that a promotion copies from; null if there is none.</param>
/// <param name="upstream">Images that others publish.</param>
/// <param name="current">What unpinned bases name now.</param>
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

    /// <summary>The one for an image.</summary>
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
