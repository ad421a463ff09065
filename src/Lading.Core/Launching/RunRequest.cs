using Lading.Fingerprints;

namespace Lading.Launching;

/// <summary>What to start an app with.</summary>
/// <param name="Images">The revision, or the working tree.</param>
internal sealed record RunRequest(SnapshotRequest Images)
{
    /// <summary>What to do about missing images.</summary>
    public PublishMode Mode { get; init; }

    /// <summary>The value of <c>--lock</c>; null for none.</summary>
    public string? Lock { get; init; }

    /// <summary>The value of <c>--env</c>; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The sources of the engine's name, with the name in each; the first one wins.</summary>
    public IReadOnlyList<(string Origin, string? Name)> Engines { get; init; } = [];
}

/// <summary>What <c>lading run</c> does about images that are not in the registry.</summary>
internal enum PublishMode
{
    /// <summary>It fails, and says how to publish them.</summary>
    Never,

    /// <summary>It builds and pushes them first, if the app is started for a deployment.</summary>
    Missing,
}
