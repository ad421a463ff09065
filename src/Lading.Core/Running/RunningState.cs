namespace Lading.Running;

/// <summary>Whether a container runs what was meant.</summary>
internal enum RunningState
{
    /// <summary>Every task that is wanted runs what is pinned.</summary>
    Running,

    /// <summary>A deployment is under way.</summary>
    Deploying,

    /// <summary>What was deployed was taken back: by the circuit breaker, an alarm, CloudFormation, or by hand.</summary>
    RolledBack,

    /// <summary>The service runs a task definition that its stack does not name.</summary>
    Hotswapped,

    /// <summary>It runs another image than the pinned one, or the service is gone.</summary>
    Drifted,

    /// <summary>Fewer tasks than wanted run what is pinned.</summary>
    PartlyRunning,

    /// <summary>No task is wanted.</summary>
    Stopped,

    /// <summary>The stack names it, and it was never made.</summary>
    NeverDeployed,

    /// <summary>What is pinned, or what runs, has no digest that could be compared.</summary>
    UnknownDigest,

    /// <summary>What is needed to tell could not be read.</summary>
    Unreadable,
}
