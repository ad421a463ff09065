using Lading.Fingerprints;

namespace Lading.Launching;

/// <summary>What an app is started with.</summary>
/// <param name="Images">The revision, or the working tree.</param>
internal sealed record RunRequest(SnapshotRequest Images)
{
    /// <summary>What is done about images that are missing.</summary>
    public PublishMode Mode { get; init; }

    /// <summary>What <c>--lock</c> says; null for nothing.</summary>
    public string? Lock { get; init; }

    /// <summary>What <c>--env</c> says; null for nothing.</summary>
    public string? Environment { get; init; }

    /// <summary>Where an engine may be named, and the name given there; the first one wins.</summary>
    public IReadOnlyList<(string Origin, string? Name)> Engines { get; init; } = [];
}

/// <summary>What <c>lading run</c> does about images that are not in the registry.</summary>
internal enum PublishMode
{
    /// <summary>It fails, and says how to publish them.</summary>
    Never,

    /// <summary>It builds and pushes them first, where the app is started to be deployed.</summary>
    Missing,
}
