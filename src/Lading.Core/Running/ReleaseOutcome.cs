namespace Lading.Running;

/// <summary>The outcome of a release.</summary>
internal enum ReleaseOutcome
{
    Succeeded,
    Failed,
    RolledBack,
    InProgress,

    /// <summary>A deployment outside of every operation of the stack: a hotswap, a forced deployment, an edit by hand.</summary>
    Attempt,
}
