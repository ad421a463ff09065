namespace Lading;

/// <summary>What a failure means to whoever called: the exit codes of the command line tool.</summary>
public enum FailureKind
{
    /// <summary>Nothing failed: exit code 0. No exception carries it.</summary>
    None = 0,

    /// <summary>Something was tried and did not work: exit code 1.</summary>
    Failed = 1,

    /// <summary>Wrong use or wrong configuration; nothing was tried: exit code 2.</summary>
    Usage = 2,

    /// <summary>A check ran and did not hold, such as a missing image: exit code 3.</summary>
    CheckFailed = 3,
}
