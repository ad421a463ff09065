using Amazon.CDK;
using Lading.Apps;
using Lading.Configuration;

namespace Lading.Cdk.Synthesis;

/// <summary>What the images of one stack are pinned to, by one kind of pin.</summary>
/// <param name="Images">Where the pins come from.</param>
/// <param name="Rendering">How they are written.</param>
internal sealed record StackPins(IImagePins Images, ImageRendering Rendering)
{
    /// <summary>Null if nothing is compared with HEAD.</summary>
    public Staleness? Staleness { get; private init; }

    /// <summary>The sentences about images that the stack was rolled back from, by name; null if the tool handed over none.</summary>
    public Func<string, string?>? RolledBack { get; private init; }

    /// <summary>The environment's name; null if digests are fixed, or the registry is that of whatever account.</summary>
    public string? Environment { get; private init; }

    /// <exception cref="LadingException">Something is missing or cannot be told, for all images of the stack.</exception>
    public static StackPins Read(Stack stack, ImagePin pin)
    {
        var app = AppImages.Of(stack.Node.Root);
        var settings = app.SettingsOf(stack);
        return settings.Fixed || app.IsFixed
                ? new StackPins(
                    new FixedImages(app.Project?.Configuration.Images),
                    new ImageRendering(stack, TargetRegistry.OfStack)
                )
            : pin == ImagePin.Digest ? OfLock(stack, app, settings, StackLock.Find(stack, app))
            : OfTags(stack, app, pin);
    }

    /// <summary>The registry that a stack takes its images from, whatever is published.</summary>
    /// <exception cref="LadingException">It cannot be told.</exception>
    public static TargetRegistry RegistryOf(Stack stack)
    {
        var app = AppImages.Of(stack.Node.Root);
        return app.IsFixed || app.SettingsOf(stack).Fixed
            ? TargetRegistry.OfStack
            : TargetRegistry.Of(EnvironmentChoice.FindWithoutLock(EnvironmentQuestion.Of(stack, app)));
    }

    private static StackPins OfTags(Stack stack, AppImages app, ImagePin pin)
    {
        var environment = EnvironmentChoice.FindWithoutLock(EnvironmentQuestion.Of(stack, app));
        var commands = new LockCommands(environment?.Name ?? EnvironmentDefinition.LocalName, null);
        return new StackPins(
            TaggedImages.Of(app.Head, app.Project!.Configuration, commands, pin),
            new ImageRendering(stack, TargetRegistry.Of(environment))
        )
        {
            Environment = environment?.Name,
        };
    }

    private static StackPins OfLock(Stack stack, AppImages app, StackSettings settings, StackLock found)
    {
        if (found.Content is not { } content)
        {
            throw new LadingException($"Could not pin the images of stack {stack.Node.Path}", found.Reason!);
        }

        var images = new LockedImages(content, found.Path, app.Project!.Configuration.Images, found.Commands);
        if (settings.Stale != StaleLock.Ignore && found.Handed is null)
        {
            app.BeginReadingHead();
        }

        return new StackPins(images, new ImageRendering(stack, TargetRegistry.Of(found.Environment)))
        {
            Environment = found.Name,
            RolledBack =
                found.Handed is { } told && StackIdentity.NameOf(stack).Name is { } name
                    ? image => told.GetValueOrDefault(image)?.RolledBack.GetValueOrDefault(name)
                    : null,
            Staleness =
                settings.Stale == StaleLock.Ignore
                    ? null
                    : new Staleness(
                        stack,
                        settings.Stale,
                        () => app.Head.Failure,
                        image =>
                            found.Handed is { } handed ? handed[image].Reason : images.FindStaleness(image, app.Head)
                    ),
        };
    }
}
