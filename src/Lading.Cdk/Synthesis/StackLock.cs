using Amazon.CDK;
using Lading.Apps;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;

namespace Lading.Cdk.Synthesis;

/// <summary>The lock of a stack's environment: as passed to the app, or as it is on disk.</summary>
/// <param name="Environment">Null if none is named and the stack belongs to none.</param>
/// <param name="Name">The environment of the lock.</param>
/// <param name="Path">Its path.</param>
/// <param name="Content">Null if there is none.</param>
/// <param name="Reason">Why there is none and what to do, as sentences; null if there is one.</param>
/// <param name="Commands">The commands that write it.</param>
internal sealed record StackLock(
    EnvironmentDefinition? Environment,
    string Name,
    string Path,
    ImageLock? Content,
    string? Reason,
    LockCommands Commands
)
{
    /// <summary>The images with the tool's findings; null if the lock was read here.</summary>
    public IReadOnlyDictionary<string, ImagePins>? PassedPins { get; private init; }

    /// <summary>Finds the lock of a stack.</summary>
    /// <exception cref="LadingException">It is ambiguous, or cannot be read.</exception>
    public static StackLock Find(Stack stack, EnvironmentQuestion question, AppImages app)
    {
        var settings = app.SettingsOf(stack);
        return app.DocumentFor(settings) is { } document
            ? OfDocument(document, question)
            : OfFile(
                LockLocation.Of(app.GetProject(stack).Path, app.Surroundings.Folder, settings.Lock),
                question,
                app
            );
    }

    private static StackLock OfDocument(AppDocument document, EnvironmentQuestion question)
    {
        var ready = document.Environments.Where(pair => pair.Value.Reason is null).Select(pair => pair.Key);
        var choice = EnvironmentChoice.For(question with { Locks = [.. ready.Order(StringComparer.Ordinal)] });
        var commands = new LockCommands(choice.Environment?.Name ?? choice.Lock, document.LockFile);
        var pins = document.Environments.GetValueOrDefault(choice.Lock);
        return new StackLock(
            choice.Environment,
            choice.Lock,
            pins?.Lock ?? "",
            pins is { Reason: null }
                ? new ImageLock(
                    choice.Lock,
                    pins.Images.ToDictionary(pair => pair.Key, pair => pair.Value.Locked, StringComparer.Ordinal)
                )
                : null,
            pins is null
                ? $"environment {choice.Lock} was not handed over. Start the app with 'lading run' again."
                : pins.Reason,
            commands
        )
        {
            PassedPins = pins?.Images,
        };
    }

    private static StackLock OfFile(LockLocation location, EnvironmentQuestion question, AppImages app)
    {
        var choice = EnvironmentChoice.For(
            question with
            {
                LockIsNamed = location.File is not null,
                Locks = location.Environments(),
            }
        );
        var path = location.For(choice.Lock);
        var content = app.FindLock(path);
        var commands = new LockCommands(choice.Environment?.Name ?? content?.Environment ?? choice.Lock, location.File);
        var isOther =
            content is not null
            && content.Environment != choice.Lock
            && (choice.Environment is not null || location.File is null);
        return new StackLock(
            choice.Environment,
            content?.Environment ?? choice.Lock,
            path,
            isOther ? null : content,
            content is null
                    ? $"there is no lock {path}. Run '{commands.ForAll}', or '{commands.Resolve}' if the images are published already."
                : isOther
                    ? $"the lock {path} is of environment {content.Environment}, and the stack's is {choice.Lock}. Run '{commands.ForAll}', or name the other one: -c {StackSettings.EnvironmentKey}={content.Environment}."
                : null,
            commands
        );
    }
}
