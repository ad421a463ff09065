using Amazon.CDK;
using Lading.Cdk.Assets;

namespace Lading.Cdk;

/// <summary>
/// Publishes the image assets of an app or stack (<c>ContainerImage.FromAsset</c>, <c>DockerImageAsset</c>) to a durable repository of
/// the app's own, under tags that identify their inputs. Everything else works as with CDK's own synthesizer.
/// </summary>
/// <remarks>
/// <para>An asset with the same inputs as a published image of <c>lading.json</c> is that image, pinned by digest, and nothing is
/// built. Any other has the immutable tag <c>src-…</c>, and is built if the repository does not have it.</para> <para>Use one for all
/// stacks: <c>new App(new AppProps { DefaultStackSynthesizer = new LadingSynthesizer() })</c>; or for one stack: <c>new StackProps {
/// Synthesizer = new LadingSynthesizer() }</c>.</para>
/// </remarks>
public sealed class LadingSynthesizer : StackSynthesizer, IReusableStackSynthesizer, IBoundStackSynthesizer
{
    private readonly LadingSynthesizerProps props;
    private AssetImages? images;
    private DefaultStackSynthesizer? inner;

    /// <summary>Creates a synthesizer.</summary>
    /// <param name="props">Settings; null for none.</param>
    public LadingSynthesizer(LadingSynthesizerProps? props = null) =>
        this.props = props ?? new LadingSynthesizerProps();

    /// <summary>The qualifier of the bootstrap stack.</summary>
    public override string? BootstrapQualifier => props.Bootstrap?.Qualifier;

    private DefaultStackSynthesizer Inner =>
        inner ?? throw new InvalidOperationException("The synthesizer is bound to no stack yet.");

    /// <inheritdoc />
    public IBoundStackSynthesizer ReusableBind(Stack stack)
    {
        var bound = new LadingSynthesizer(props);
        bound.Bind(stack);
        return bound;
    }

    /// <inheritdoc />
    public override void Bind(Stack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        base.Bind(stack);
        images = new AssetImages(stack, props);
        inner = new DefaultStackSynthesizer(images.InnerProps());
        inner.Bind(stack);
    }

    /// <inheritdoc />
    public override IFileAssetLocation AddFileAsset(IFileAssetSource asset) => Inner.AddFileAsset(asset);

    /// <inheritdoc />
    public override IDockerImageAssetLocation AddDockerImageAsset(IDockerImageAssetSource asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        var identified = (
            images ?? throw new InvalidOperationException("The synthesizer is bound to no stack yet.")
        ).Identify(asset);
        return identified.Published ?? Inner.AddDockerImageAsset(identified.Source);
    }

    /// <inheritdoc />
    public override void Synthesize(ISynthesisSession session) => Inner.Synthesize(session);
}
