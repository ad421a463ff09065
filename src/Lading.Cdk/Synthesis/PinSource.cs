using Amazon.CDK;
using Lading.Configuration;
using Lading.Fingerprints;

namespace Lading.Cdk.Synthesis;

/// <summary>What the images of one stack are pinned to, by one kind of pin.</summary>
/// <param name="Images">Where the pins come from.</param>
/// <param name="Rendering">How they are written.</param>
internal sealed record PinSource(IImageSource Images, ImageRendering Rendering)
{
    /// <summary>Null where nothing is compared with HEAD.</summary>
    public Staleness? Staleness { get; private init; }

    /// <summary>The environment's name; null where digests are fixed, or the registry is that of whatever account.</summary>
    public string? Environment { get; private init; }

    /// <exception cref="LadingException">Something is missing or cannot be told, for all images of the stack.</exception>
    public static PinSource Read(Stack stack, ImagePin pin)
    {
        var app = AppImages.Of(stack.Node.Root);
        var wishes = Wishes.Of(stack.Node, app.Surroundings);
        if (wishes.Fixed || app.IsFixed)
        {
            return new PinSource(
                new FixedImages(app.Project?.Configuration.Images),
                new ImageRendering(stack, ImagePlace.OfStack)
            );
        }

        var location = LockLocation.Of(ProjectOf(stack, app).Path, app.Surroundings, wishes.Lock);
        var question = Question(stack, app, wishes) with
        {
            LockIsNamed = location.File is not null,
            Locks = location.Environments(),
        };
        return pin == ImagePin.Digest
            ? OfLock(stack, app, wishes, location, EnvironmentChoice.For(question))
            : OfTags(stack, app, pin, EnvironmentChoice.FindWithoutLock(question));
    }

    /// <summary>The registry that a stack takes its images from, whatever is published.</summary>
    /// <exception cref="LadingException">It cannot be told.</exception>
    public static ImagePlace PlaceOf(Stack stack)
    {
        var app = AppImages.Of(stack.Node.Root);
        var wishes = Wishes.Of(stack.Node, app.Surroundings);
        return wishes.Fixed || app.IsFixed
            ? ImagePlace.OfStack
            : ImagePlace.Of(EnvironmentChoice.FindWithoutLock(Question(stack, app, wishes)));
    }

    private static EnvironmentQuestion Question(Stack stack, AppImages app, Wishes wishes) =>
        new()
        {
            Stack = StackPlaces.NameOf(stack),
            Place = StackPlaces.Of(stack),
            Named = wishes.Environment,
            Environments = ProjectOf(stack, app).Configuration.Environments,
        };

    private static ProjectFolder ProjectOf(Stack stack, AppImages app) =>
        app.GetProject($"Could not pin the images of stack {stack.Node.Path}");

    private static PinSource OfTags(Stack stack, AppImages app, ImagePin pin, EnvironmentDefinition? environment)
    {
        var publish = new PublishCommand(environment?.Name ?? EnvironmentDefinition.LocalName, null);
        return new PinSource(
            TaggedImages.Of(app.Head, app.Project!.Configuration, publish, pin),
            new ImageRendering(stack, ImagePlace.Of(environment))
        )
        {
            Environment = environment?.Name,
        };
    }

    private static PinSource OfLock(
        Stack stack,
        AppImages app,
        Wishes wishes,
        LockLocation location,
        EnvironmentChoice choice
    )
    {
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

        if (wishes.Stale != StaleLock.Ignore)
        {
            app.BeginReadingHead();
        }

        var images = new LockedImages(content, path, app.Project!.Configuration.Images, publish);
        return new PinSource(images, new ImageRendering(stack, ImagePlace.Of(choice.Environment)))
        {
            Environment = content.Environment,
            Staleness = wishes.Stale == StaleLock.Ignore ? null : new Staleness(images, app, stack, wishes.Stale),
        };
    }
}
