using Amazon.CDK;
using Lading.Configuration;
using Lading.Context;

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

        var project =
            app.Project
            ?? throw LadingException.Usage(
                $"Could not pin the images of stack {stack.Node.Path}",
                $"{OwnFiles.Configuration} is neither in {app.Surroundings.Folder} nor in a folder above",
                "Run 'lading init' in the folder of cdk.json, then 'lading publish'."
            );
        var location = LockLocation.Of(project.Path, app.Surroundings, wishes.Lock);
        var question = new EnvironmentQuestion
        {
            Stack = stack.Node.Path,
            Account = Known(stack.Account),
            Region = Known(stack.Region),
            Named = wishes.Environment,
            Environments = project.Configuration.Environments,
            LockIsNamed = location.File is not null,
            Locks = location.Environments(),
        };
        return pin == ImagePin.Digest
            ? OfLock(stack, app, wishes, location, EnvironmentChoice.For(question))
            : OfTags(stack, app, pin, EnvironmentChoice.FindWithoutLock(question));
    }

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

        var images = new LockedImages(content, path, app.Project!.Configuration.Images, publish);
        return new PinSource(images, new ImageRendering(stack, ImagePlace.Of(choice.Environment)))
        {
            Environment = content.Environment,
            Staleness = wishes.Stale == StaleLock.Ignore ? null : new Staleness(images, app, stack, wishes.Stale),
        };
    }

    private static string? Known(string value) => Token.IsUnresolved(value) ? null : value;
}
