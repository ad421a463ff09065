using System.Runtime.CompilerServices;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>The images of one stack: its environment and lock are found once, and what is wrong with them is said once.</summary>
internal sealed class StackImages(Stack stack)
{
    // As in AppImages: attached to the stack, and gone with it.
    private static readonly ConditionalWeakTable<Stack, StackImages> Stacks = [];

    private readonly Dictionary<ImagePin, StackPins?> sources = [];
    private readonly Lazy<string?> region = new(() => StackIdentity.EnvironmentOf(stack).Region);
    private DeploymentRecord? record;

    private DeploymentRecord Record => record ??= DeploymentRecord.Of(stack);

    public static StackImages Of(Stack stack) => Stacks.GetValue(stack, static each => new StackImages(each));

    /// <summary>Gives a container its image, or says what is wrong and gives it one that leads nowhere.</summary>
    public IContainerImageConfig Bind(
        string name,
        LadingImageProps props,
        Construct scope,
        ContainerDefinition container
    )
    {
        // Batch hands over something of its own, which only looks like a container of a task definition.
        var definition = scope is ContainerDefinition ? container.TaskDefinition : null;
        var task = definition?.Node.DefaultChild as CfnTaskDefinition;
        if (
            Find(
                name,
                props,
                scope,
                new ImageDemand(() =>
                    props.Platform ?? (definition is null ? null : RuntimePlatforms.Find(definition, task))
                )
            )
            is not var (source, image)
        )
        {
            return ImageRendering.BindNothing(name, scope, container);
        }

        if (task is not null)
        {
            Record.Add(name, source, image, new ContainerUse(container, task));
        }
        else
        {
            Record.Add(name, source, image);
        }

        return source.Rendering.Bind(image, scope, container);
    }

    /// <summary>Writes a reference, or says what is wrong and gives one that leads nowhere.</summary>
    public LadingImageReference Refer(string name, LadingImageProps props, Construct scope)
    {
        if (Find(name, props, scope, ImageDemand.Of(props)) is not var (source, image))
        {
            return ImageRendering.ReferToNothing(name, scope);
        }

        Record.Add(name, source, image);
        return source.Rendering.Refer(name, image, scope);
    }

    /// <summary>The pin of an image; null if there is none, which is then said.</summary>
    private (StackPins Source, PinnedImage Image)? Find(
        string name,
        LadingImageProps props,
        Construct scope,
        ImageDemand demand
    )
    {
        if (SourceOf(props.Pin) is not { } source)
        {
            return null;
        }

        PinnedImage image;
        try
        {
            image = source.Images.Get(name, demand);
            demand.CheckRegistry(name, source.Rendering.Registry, () => region.Value);
        }
        catch (LadingException exception)
        {
            Annotations.Of(scope).AddError(exception.Message);
            return null;
        }

        if (source.Staleness is { } staleness)
        {
            staleness.Add(name, scope);
        }

        if (source.RolledBack?.Invoke(name) is { } warning)
        {
            Annotations.Of(scope).AddWarningV2(StackSettings.RolledBackKey, warning);
        }

        return (source, image);
    }

    private StackPins? SourceOf(ImagePin pin)
    {
        if (!sources.TryGetValue(pin, out var source))
        {
            try
            {
                source = StackPins.Read(stack, pin);
            }
            catch (LadingException exception)
            {
                Annotations.Of(stack).AddError(exception.Message);
            }

            sources.Add(pin, source);
        }

        return source;
    }
}
