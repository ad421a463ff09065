namespace Lading.Checking;

/// <summary>What a check found of an image.</summary>
internal enum CheckVerdict
{
    /// <summary>It is there, by digest, for the platform it runs on.</summary>
    Ok,

    /// <summary>As <see cref="Ok"/>, and held back on purpose.</summary>
    Held,

    /// <summary>CDK builds and pushes it while it deploys.</summary>
    Asset,

    /// <summary>The registry does not have it.</summary>
    Missing,

    /// <summary>It is not there for the platform that the container runs on.</summary>
    Platform,

    /// <summary>The service that runs it does not take it.</summary>
    Refused,

    /// <summary>It must be restored before it can be pulled.</summary>
    Archived,

    /// <summary>Its source tag is gone, or names another digest.</summary>
    Moved,

    /// <summary>A tag names it that may move to another image.</summary>
    Mutable,

    /// <summary>It is not the image of HEAD, or not that of the lock.</summary>
    Stale,

    /// <summary>The stack was rolled back from it.</summary>
    RolledBack,

    /// <summary>Nobody could say. That is not fine.</summary>
    Unknown,
}

/// <summary>One thing that a check found of an image.</summary>
/// <param name="Verdict">The word for it.</param>
/// <param name="Reason">Why, and what to do about it.</param>
internal sealed record Finding(CheckVerdict Verdict, string Reason)
{
    /// <summary>True if <c>lading.json</c> accepts it.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether the deployment may go on.</summary>
    public bool Holds => IsAccepted || Verdict is CheckVerdict.Ok or CheckVerdict.Held or CheckVerdict.Asset;
}
