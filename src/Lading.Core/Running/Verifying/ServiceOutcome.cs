namespace Lading.Running.Verifying;

/// <summary>The outcome of a service's deployment.</summary>
internal enum ServiceOutcome
{
    /// <summary>The deployment is in progress.</summary>
    Deploying,

    /// <summary>Every task that counts runs the pinned image.</summary>
    Verified,

    /// <summary>The deployment circuit breaker ended it.</summary>
    CircuitBreaker,

    /// <summary>A CloudWatch alarm rolled it back.</summary>
    Alarm,

    /// <summary>A user rolled it back or stopped it.</summary>
    RolledBack,

    /// <summary>CloudFormation rolled back the update of its stack, or could not complete it.</summary>
    StackRolledBack,

    /// <summary>A newer deployment has replaced it, or the service runs another task definition.</summary>
    Superseded,

    /// <summary>Tasks run an image that is not the pinned one.</summary>
    WrongDigest,

    /// <summary>The digest of the pinned or of the running image is unknown.</summary>
    UnknownDigest,

    /// <summary>Fewer tasks than desired run the pinned image.</summary>
    Incomplete,

    /// <summary>ECS does not have the service.</summary>
    Missing,

    /// <summary>Required evidence could not be read.</summary>
    Unreadable,

    /// <summary>It did not finish in time.</summary>
    TimedOut,
}
