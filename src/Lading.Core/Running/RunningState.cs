namespace Lading.Running;

/// <summary>Whether a container runs the intended image.</summary>
internal enum RunningState
{
    /// <summary>Every desired task runs the pinned image.</summary>
    Running,

    /// <summary>A deployment is in progress.</summary>
    Deploying,

    /// <summary>The deployment was rolled back: by the circuit breaker, an alarm, CloudFormation, or by hand.</summary>
    RolledBack,

    /// <summary>The service runs a task definition that is not the stack's.</summary>
    Hotswapped,

    /// <summary>The service runs an image that is not the pinned one, or was deleted.</summary>
    Drifted,

    /// <summary>Fewer tasks than desired run the pinned image.</summary>
    PartlyRunning,

    /// <summary>The desired number of tasks is zero.</summary>
    Stopped,

    /// <summary>The service is in the stack's template, but was never created.</summary>
    NeverDeployed,

    /// <summary>The digest of the pinned or of the running image is unknown.</summary>
    UnknownDigest,

    /// <summary>Required evidence could not be read.</summary>
    Unreadable,
}
