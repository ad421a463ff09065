namespace Lading;

/// <summary>The meaning of a failure for the caller: the exit codes of the command line tool.</summary>
public enum FailureKind
{
    /// <summary>Nothing failed: exit code 0. No exception has it.</summary>
    None = 0,

    /// <summary>An attempt failed: exit code 1.</summary>
    Failed = 1,

    /// <summary>Wrong use or configuration; nothing was attempted: exit code 2.</summary>
    Usage = 2,

    /// <summary>A check failed, for example because of a missing image: exit code 3.</summary>
    CheckFailed = 3,
}
