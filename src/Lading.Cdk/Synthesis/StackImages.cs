using System.Runtime.CompilerServices;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Configuration;
using Lading.Context;

namespace Lading.Cdk.Synthesis;

/// <summary>The images of one stack: its environment and lock are found once, and what is wrong with them is said once.</summary>
internal sealed class StackImages
{
    // As in AppImages: attached to the stack, and gone with it.
    private static readonly ConditionalWeakTable<Stack, StackImages> Stacks = [];

    private readonly IImageSource? source;
    private readonly ImageRendering? rendering;
    private readonly Staleness? staleness;

    private StackImages(IImageSource? source, ImageRendering? rendering, Staleness? staleness)
    {
        this.source = source;
        this.rendering = rendering;
        this.staleness = staleness;
    }

    public static StackImages Of(Stack stack) => Stacks.GetValue(stack, Read);

    /// <summary>Gives a container its image, or says what is wrong and gives it one that leads nowhere.</summary>
    public IContainerImageConfig Bind(string name, Construct scope, ContainerDefinition container)
    {
        if (source is null || rendering is null)
        {
            return ImageRendering.BindNothing(name, scope, container);
        }

        PinnedImage image;
        try
        {
            image = source.Get(name, () => RuntimePlatforms.Find(container.TaskDefinition));
        }
        catch (LadingException exception)
        {
            Annotations.Of(scope).AddError(exception.Message);
            return ImageRendering.BindNothing(name, scope, container);
        }

        staleness?.Report(name, scope);
        return rendering.Bind(image, scope, container);
    }

    private static StackImages Read(Stack stack)
    {
        try
        {
            var app = AppImages.Of(stack.Node.Root);
            var wishes = Wishes.Of(stack.Node, app.Surroundings);
            return wishes.Fixed || app.IsFixed
                ? new StackImages(
                    new FixedImages(app.Project?.Configuration.Images),
                    new ImageRendering(stack, ImagePlace.OfStack),
                    null
                )
                : ReadLocked(stack, app, wishes);
        }
        catch (LadingException exception)
        {
            Annotations.Of(stack).AddError(exception.Message);
            return new StackImages(null, null, null);
        }
    }

    private static StackImages ReadLocked(Stack stack, AppImages app, Wishes wishes)
    {
        var project =
            app.Project
            ?? throw LadingException.Usage(
                $"Could not pin the images of stack {stack.Node.Path}",
                $"{OwnFiles.Configuration} is neither in {app.Surroundings.Folder} nor in a folder above",
                "Run 'lading init' in the folder of cdk.json, then 'lading publish'."
            );
        var location = LockLocation.Of(project.Path, app.Surroundings, wishes.Lock);
        var choice = EnvironmentChoice.For(
            new EnvironmentQuestion
            {
                Stack = stack.Node.Path,
                Account = Known(stack.Account),
                Region = Known(stack.Region),
                Named = wishes.Environment,
                Environments = project.Configuration.Environments,
                LockIsNamed = location.File is not null,
                Locks = location.Environments(),
            }
        );
        var path = location.For(choice.Lock);
        var content = app.FindLock(path);
        var publish = new PublishCommand(
            choice.Environment?.Name ?? content?.Environment ?? choice.Lock,
            location.File
        );
        if (content is null)
        {
            throw new LadingException(
                $"Could not pin the images of stack {stack.Node.Path}",
                $"there is no lock {path}",
                $"Run '{publish.ForAll}', or '{publish.Resolve}' where the images are published already."
            );
        }

        if (content.Environment != choice.Lock && (choice.Environment is not null || location.File is null))
        {
            throw new LadingException(
                $"Could not pin the images of stack {stack.Node.Path}",
                $"the lock {path} is of environment {content.Environment}, and the stack's is {choice.Lock}",
                $"Run '{publish.ForAll}', or name the other one: -c {Wishes.EnvironmentKey}={content.Environment}."
            );
        }

        var images = new LockedImages(content, path, project.Configuration.Images, publish);
        return new StackImages(
            images,
            new ImageRendering(stack, ImagePlace.Of(choice.Environment)),
            wishes.Stale == StaleLock.Ignore ? null : new Staleness(images, app, stack, wishes.Stale)
        );
    }

    private static string? Known(string value) => Token.IsUnresolved(value) ? null : value;
}
