using System.Collections.ObjectModel;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Records;

namespace Lading.Apps;

/// <summary>Composes the document for an app from <c>lading.json</c>, the existing locks and HEAD, without asking a registry.</summary>
/// <param name="project">The project.</param>
/// <param name="locks">The folder with a lock for each environment.</param>
/// <param name="head">The images at HEAD.</param>
internal sealed class AppGathering(ProjectFolder project, string locks, HeadIdentities head)
{
    /// <summary>A lock file that the user named, for commands in messages; null if locks are in their default location.</summary>
    public string? LockFile { get; init; }

    /// <summary>Composes the document.</summary>
    /// <param name="environment">The environment that the app is started for; null for none.</param>
    /// <param name="resolved">The images of that environment; null to use its lock, like the others'.</param>
    public AppDocument Gather(string? environment, ResolvedEnvironment? resolved = null) =>
        new()
        {
            Project = project.Configuration.Project,
            Environment = environment,
            LockFile = LockFile,
            Aliases = project.Configuration.Aliases,
            Repositories = project.Configuration.Images.ToDictionary(
                pair => pair.Key,
                pair => pair.Value.Repository.Value,
                StringComparer.Ordinal
            ),
            Head = head,
            Environments = project.Configuration.Environments.ToDictionary(
                pair => pair.Key,
                pair => pair.Key == environment && resolved is not null ? Of(pair.Value, resolved) : Find(pair.Value),
                StringComparer.Ordinal
            ),
        };

    private EnvironmentPins Of(EnvironmentDefinition environment, ResolvedEnvironment resolved) =>
        resolved.Content is { } content
            ? Of(
                environment,
                resolved.Path,
                content,
                new LockCommands(environment.Name, LockFile),
                new RolledBackImages(resolved.Records)
            )
            : Unresolved(environment, resolved.Path, resolved.Reason!);

    private EnvironmentPins Find(EnvironmentDefinition environment)
    {
        var path = LockPath.In(locks, environment.Name);
        var commands = new LockCommands(environment.Name, null);
        try
        {
            return Locks.LockFile.Find(path) switch
            {
                null => Unresolved(
                    environment,
                    path,
                    $"there is no lock {path}. Run '{commands.ForAll}', or '{commands.Resolve}' if the images are published already."
                ),
                { } other when other.Environment != environment.Name => Unresolved(
                    environment,
                    path,
                    $"the lock {path} is of environment {other.Environment}, and the stack's is {environment.Name}. Run '{commands.ForAll}', or name the other one: -c lading:env={other.Environment}."
                ),
                { } content => Of(environment, path, content, commands, RolledBackImages.None),
            };
        }
        catch (LadingException exception)
        {
            return Unresolved(environment, path, $"its lock could not be used. {exception.Message}");
        }
    }

    private static EnvironmentPins Unresolved(EnvironmentDefinition environment, string path, string reason) =>
        new(environment, path, reason, ReadOnlyDictionary<string, ImagePins>.Empty);

    private EnvironmentPins Of(
        EnvironmentDefinition environment,
        string path,
        ImageLock content,
        LockCommands commands,
        RolledBackImages rolledBack
    ) =>
        new(
            environment,
            path,
            null,
            content.Images.ToDictionary(
                pair => pair.Key,
                pair =>
                    Compared(pair.Key, pair.Value, commands) with
                    {
                        RolledBack = rolledBack.Of(pair.Key, pair.Value),
                    },
                StringComparer.Ordinal
            )
        );

    private ImagePins Compared(string name, LockedImage locked, LockCommands commands)
    {
        if (head.Failure is not null)
        {
            return new ImagePins(locked, null, null);
        }

        var atHead = head.Images.GetValueOrDefault(name);
        var freshness = LockComparison.Of(locked, atHead?.Fingerprint.Hex, atHead?.IsHeld == true);
        return new ImagePins(locked, freshness, StaleImage.Describe(name, locked, freshness, commands));
    }
}

/// <summary>The images in the registry of the app's environment.</summary>
/// <param name="Path">The path of their lock.</param>
/// <param name="Content">The lock's content; null if there is none yet.</param>
/// <param name="Reason">Why there is none and what to do, as sentences; null if there is one.</param>
internal sealed record ResolvedEnvironment(string Path, ImageLock? Content, string? Reason = null)
{
    /// <summary>What the environment's stacks run, if it was requested.</summary>
    public DeployedRecords Records { get; init; } = DeployedRecords.None;
}
