using Lading.Engines;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Who makes an image that is missing: one producer for each kind of image, or the environment that it is promoted from.</summary>
internal sealed class ImageProducers : IAsyncDisposable
{
    private readonly Workspace workspace;
    private readonly ProjectSnapshot sources;
    private readonly IImageRegistry? origin;
    private readonly UpstreamImages upstream;
    private readonly ConcurrentWork<CurrentBases> current;
    private readonly DockerfileBuilder builder;

    /// <param name="workspace">The project, its registries and a folder for checkouts and layers.</param>
    /// <param name="sources">The images' inputs.</param>
    /// <param name="plan">The images.</param>
    /// <param name="engine">What builds Dockerfiles; null if no platform of any is to be built.</param>
    /// <param name="cache">Where the engine keeps what builds leave; null for nowhere.</param>
    /// <param name="target">The registry that images go to.</param>
    /// <param name="origin">The registry that a promotion copies from; null if there is none.</param>
    /// <param name="cancellationToken">Ends the questions about unpinned bases, which begin at once.</param>
    public ImageProducers(
        Workspace workspace,
        ProjectSnapshot sources,
        ShippingPlan plan,
        Engine? engine,
        BuildCache? cache,
        IImageRegistry target,
        IImageRegistry? origin,
        CancellationToken cancellationToken
    )
    {
        this.workspace = workspace;
        this.sources = sources;
        this.origin = origin;
        upstream = new UpstreamImages(workspace.Registries, workspace.Time);
        var bases = plan.Images.Where(image => image.IsMadeHere).SelectMany(image => image.Image.Inputs.Bases);
        current = new ConcurrentWork<CurrentBases>(token => upstream.FindCurrentAsync(bases, token), cancellationToken);
        builder = new DockerfileBuilder(workspace, sources, engine, cache, target, current.Result);
    }

    /// <summary>The one for an image.</summary>
    public IImageProducer For(PlannedImage image) =>
        origin is not null
            ? new PromotedImageProducer(origin, workspace.Time)
            : image.Image.Inputs switch
            {
                BuiltInputs => builder,
                AssembledInputs => new AssembledImageProducer(workspace, sources, upstream, current.Result),
                MirroredInputs => new MirroredImageProducer(upstream),
                _ => throw new NotSupportedException(image.Image.Inputs.GetType().Name),
            };

    public async ValueTask DisposeAsync()
    {
        builder.Dispose();
        await current.DisposeAsync().ConfigureAwait(false);
    }
}
