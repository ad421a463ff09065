using System.Runtime.CompilerServices;
using Amazon.CDK;
using Constructs;
using Lading.Apps;
using Lading.Configuration;

namespace Lading.Cdk.Synthesis;

/// <summary>The images of one stack with one kind of pin: pins are found once, and a problem is reported once.</summary>
internal sealed class StackImages
{
    // Attached to the stack, as in AppImages.
    private static readonly ConditionalWeakTable<Stack, Dictionary<ImagePin, StackImages?>> Stacks = [];

    private readonly IImagePins pins;
    private readonly Lazy<string?> region;
    private readonly Lazy<DeploymentRecord> record;
    private readonly Func<string, string?>? rolledBack;
    private readonly Staleness? staleness;

    private StackImages(Stack stack, IImagePins pins, EnvironmentDefinition? environment)
    {
        this.pins = pins;
        Environment = environment?.Name;
        Rendering = new ImageRendering(stack, TargetRegistry.Of(environment));
        region = new Lazy<string?>(() => StackIdentity.EnvironmentOf(stack).Region);
        record = new Lazy<DeploymentRecord>(() => DeploymentRecord.Of(stack));
    }

    private StackImages(Stack stack, LockedImages pins, StackLock found, Staleness? staleness)
        : this(stack, pins, found.Environment)
    {
        this.staleness = staleness;
        Environment = found.Name;
        if (found.PassedPins is { } passed && StackIdentity.NameOf(stack).Name is { } name)
        {
            rolledBack = image => passed.GetValueOrDefault(image)?.RolledBack.GetValueOrDefault(name);
        }
    }

    /// <summary>The environment's name; null if digests are fixed, or the registry is in whichever account the stack is deployed to.</summary>
    public string? Environment { get; }

    /// <summary>Renders the images.</summary>
    public ImageRendering Rendering { get; }

    /// <summary>Records their uses.</summary>
    public DeploymentRecord Record => record.Value;

    /// <summary>The images of a stack; null if their lock or environment is missing or ambiguous, which is then reported.</summary>
    public static StackImages? Of(Stack stack, ImagePin pin)
    {
        var known = Stacks.GetOrCreateValue(stack);
        if (!known.TryGetValue(pin, out var images))
        {
            try
            {
                images = Read(stack, pin);
            }
            catch (LadingException exception)
            {
                Annotations.Of(stack).AddError(exception.Message);
            }

            known.Add(pin, images);
        }

        return images;
    }

    /// <summary>The registry that a stack takes its images from, whether or not they are published.</summary>
    /// <exception cref="LadingException">It is unknown.</exception>
    public static TargetRegistry RegistryOf(Stack stack)
    {
        var app = AppImages.Of(stack.Node.Root);
        return app.HasFixedDigests(stack)
            ? TargetRegistry.OfStack
            : TargetRegistry.Of(EnvironmentChoice.FindWithoutLock(EnvironmentQuestion.Of(stack, app)));
    }

    /// <summary>The pin of an image; null if there is none, which is then reported.</summary>
    /// <param name="name">Its name in <c>lading.json</c>.</param>
    /// <param name="demand">The requirements there.</param>
    /// <param name="scope">The construct that uses it.</param>
    public PinnedImage? Find(string name, ImageDemand demand, Construct scope)
    {
        PinnedImage image;
        try
        {
            image = pins.Get(name, demand);
            demand.CheckRegistry(name, Rendering.Registry, () => region.Value);
        }
        catch (LadingException exception)
        {
            Annotations.Of(scope).AddError(exception.Message);
            return null;
        }

        staleness?.Add(name, scope);
        if (rolledBack?.Invoke(name) is { } warning)
        {
            Annotations.Of(scope).AddWarningV2(StackSettings.RolledBackKey, warning);
        }

        return image;
    }

    private static StackImages Read(Stack stack, ImagePin pin)
    {
        var app = AppImages.Of(stack.Node.Root);
        return app.HasFixedDigests(stack)
                ? new StackImages(stack, new FixedImages(app.Project?.Configuration.Images), environment: null)
            : pin == ImagePin.Digest ? OfLock(stack, app)
            : OfTags(stack, app, pin);
    }

    private static StackImages OfTags(Stack stack, AppImages app, ImagePin pin)
    {
        var environment = EnvironmentChoice.FindWithoutLock(EnvironmentQuestion.Of(stack, app));
        var commands = new LockCommands(environment?.Name ?? EnvironmentDefinition.LocalName, null);
        return new StackImages(
            stack,
            TaggedImages.Of(app.Head, app.Project!.Configuration, commands, pin),
            environment
        );
    }

    private static StackImages OfLock(Stack stack, AppImages app)
    {
        var found = StackLock.Find(stack, EnvironmentQuestion.Of(stack, app), app);
        var images = new LockedImages(stack, found, app.Project!.Configuration.Images);
        var stale = app.SettingsOf(stack).Stale;
        if (stale == StaleLock.Ignore)
        {
            return new StackImages(stack, images, found, staleness: null);
        }

        if (found.PassedPins is null)
        {
            app.BeginReadingHead();
        }

        return new StackImages(stack, images, found, new Staleness(stack, stale, found, app));
    }
}
