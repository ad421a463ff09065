using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Cdk.Synthesis;

namespace Lading.Cdk;

/// <summary>A container image in <c>lading.json</c>, pinned to the digest in the lock of its environment.</summary>
/// <remarks>
/// <para>Synthesis reads files only: <c>lading.json</c> (from the working directory upward), the lock, and git objects. It needs no
/// container engine, registry or AWS account.</para> <para>A problem (no lock, an image that is not in it, a platform that the task
/// does not run on) becomes an error annotation with the command that fixes it, so that one synthesis reports all problems.</para>
/// </remarks>
public sealed class LadingImage : ContainerImage
{
    private readonly string name;
    private readonly LadingImageProps props;

    /// <summary>Refers to an image.</summary>
    /// <param name="name">The image's name in <c>lading.json</c>.</param>
    /// <param name="props">Options; null for a digest.</param>
    public LadingImage(string name, LadingImageProps? props = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.name = name;
        this.props = props ?? new LadingImageProps();
    }

    /// <summary>Refers to an image in constructs that do not take a <see cref="ContainerImage"/>: Lambda functions, App Runner, other jobs.</summary>
    /// <param name="scope">The construct that uses it, in the stack whose environment counts.</param>
    /// <param name="name">The image's name in <c>lading.json</c>.</param>
    /// <param name="props">Options; null for a digest.</param>
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
        // Batch passes an object of its own, which only looks like a container of a task definition.
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
