namespace Lading.Checking;

/// <summary>The verdict on an image.</summary>
internal enum CheckVerdict
{
    /// <summary>It exists under its digest for the platform it runs on.</summary>
    Ok,

    /// <summary>As <see cref="Ok"/>, and held back on purpose.</summary>
    Held,

    /// <summary>CDK builds and pushes it during the deployment.</summary>
    Asset,

    /// <summary>The registry does not have it.</summary>
    Missing,

    /// <summary>It is not available for the platform that the container runs on.</summary>
    Platform,

    /// <summary>The service that runs it does not support it.</summary>
    Refused,

    /// <summary>It must be restored before it can be pulled.</summary>
    Archived,

    /// <summary>Its source tag is gone, or points to another digest.</summary>
    Moved,

    /// <summary>It is referenced by a mutable tag.</summary>
    Mutable,

    /// <summary>It is not the image of HEAD, or not the one in the lock.</summary>
    Stale,

    /// <summary>The stack was rolled back from it.</summary>
    RolledBack,

    /// <summary>No verdict was possible; the check does not pass.</summary>
    Unknown,
}

/// <summary>One verdict on an image.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">The reason, and what to do about it.</param>
internal sealed record Finding(CheckVerdict Verdict, string Reason)
{
    /// <summary>True if <c>lading.json</c> accepts it.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether the deployment may continue.</summary>
    public bool Holds => IsAccepted || Verdict is CheckVerdict.Ok or CheckVerdict.Held or CheckVerdict.Asset;
}
