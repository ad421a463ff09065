using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Cdk.Synthesis;

namespace Lading.Cdk;

/// <summary>A container image of <c>lading.json</c>, pinned by the digest that the lock of its environment holds.</summary>
/// <remarks>
/// <para>Synthesis reads files only: <c>lading.json</c> (upward from the working directory), the lock, and git objects.
/// No container engine, no registry and no AWS account are asked.</para>
/// <para>A fault (no lock, an image that is not in it, a platform that the task does not run on) becomes an error
/// annotation that names the command which fixes it, so that one synthesis reports everything.</para>
/// </remarks>
public sealed class LadingImage : ContainerImage
{
    private readonly string name;
    private readonly LadingImageProps props;

    /// <summary>Refers to an image.</summary>
    /// <param name="name">What <c>lading.json</c> calls it.</param>
    /// <param name="props">How; null for by digest.</param>
    public LadingImage(string name, LadingImageProps? props = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.name = name;
        this.props = props ?? new LadingImageProps();
    }

    /// <summary>Refers to an image for constructs that take no <see cref="ContainerImage"/>: Lambda functions, App Runner, other jobs.</summary>
    /// <param name="scope">Where it is used, in the stack whose environment counts.</param>
    /// <param name="name">What <c>lading.json</c> calls it.</param>
    /// <param name="props">How; null for by digest.</param>
    public static LadingImageReference ReferenceFor(Construct scope, string name, LadingImageProps? props = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentException.ThrowIfNullOrEmpty(name);
        props ??= new LadingImageProps();
        var images = StackImages.Of(Stack.Of(scope), props.Pin);
        if (images?.Find(name, ImageDemand.Of(props), scope) is not { } image)
        {
            return ImageRendering.ReferToNothing(name, scope);
        }

        images.Record.Add(name, image, images.Environment, use: null);
        return images.Rendering.Refer(name, image, scope);
    }

    /// <inheritdoc />
    public override IContainerImageConfig Bind(Construct scope, ContainerDefinition containerDefinition)
    {
        ArgumentNullException.ThrowIfNull(containerDefinition);
        // Batch hands over something of its own, which only looks like a container of a task definition.
        var definition = scope is ContainerDefinition ? containerDefinition.TaskDefinition : null;
        var task = definition?.Node.DefaultChild as CfnTaskDefinition;
        var images = StackImages.Of(Stack.Of(scope), props.Pin);
        if (images?.Find(name, ImageDemand.Of(props, definition, task), scope) is not { } image)
        {
            return ImageRendering.BindNothing(name, scope, containerDefinition);
        }

        var use = task is null ? null : new ContainerUse(containerDefinition, task);
        images.Record.Add(name, image, images.Environment, use);
        return images.Rendering.Bind(image, scope, containerDefinition);
    }
}
