using System.Collections.ObjectModel;
using Lading.Configuration;
using Lading.Locks;

namespace Lading.Apps;

/// <summary>
/// What a CDK app receives: everything about images that can be decided before its constructs exist, for every environment. Passed as
/// context <c>lading:app</c> (docs/app.md), so that construct libraries in all languages render the same.
/// </summary>
internal sealed record AppDocument
{
    public const string Key = "lading:app";

    public const int Version = 1;

    public required string Project { get; init; }

    /// <summary>
    /// The environment that the app was started for; stacks that match no other belong to it. Null if none was chosen.
    /// </summary>
    public string? Environment { get; init; }

    /// <summary>A lock file that the user named, for commands in messages; null if locks are in their default location.</summary>
    public string? LockFile { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The repositories of the images of <c>lading.json</c>, by the images' names.</summary>
    public required IReadOnlyDictionary<string, string> Repositories { get; init; }

    public required HeadIdentities Head { get; init; }

    /// <summary>By name; <c>local</c> is always included.</summary>
    public required IReadOnlyDictionary<string, EnvironmentPins> Environments { get; init; }
}

/// <summary>The images of one environment.</summary>
/// <param name="Definition">As defined in <c>lading.json</c>.</param>
/// <param name="Lock">The path of the lock they come from; null for none.</param>
/// <param name="Reason">Why they are unknown and what to do, as sentences; null if they are known.</param>
/// <param name="Images">By name.</param>
internal sealed record EnvironmentPins(
    EnvironmentDefinition Definition,
    string? Lock,
    string? Reason,
    IReadOnlyDictionary<string, ImagePins> Images
);

/// <summary>One image of an environment.</summary>
/// <param name="Locked">The pin to render in a template.</param>
/// <param name="Freshness">How it differs from HEAD; null if that is unknown.</param>
/// <param name="Reason">The sentence to report if it differs.</param>
internal sealed record ImagePins(LockedImage Locked, LockFreshness? Freshness, string? Reason)
{
    /// <summary>The stacks in which <c>lading rollback</c> replaced this image, each with the sentence to report.</summary>
    public IReadOnlyDictionary<string, string> RolledBack { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
