namespace Lading.Running.Verifying;

/// <summary>The outcome of a service's deployment.</summary>
internal enum ServiceOutcome
{
    /// <summary>It is under way.</summary>
    Deploying,

    /// <summary>Every task that counts runs what is pinned.</summary>
    Verified,

    /// <summary>The deployment circuit breaker ended it.</summary>
    CircuitBreaker,

    /// <summary>A CloudWatch alarm rolled it back.</summary>
    Alarm,

    /// <summary>Somebody rolled it back or stopped it.</summary>
    RolledBack,

    /// <summary>CloudFormation rolled back the update of its stack, or could not complete it.</summary>
    StackRolledBack,

    /// <summary>A newer deployment has replaced it, or the service runs another task definition.</summary>
    Superseded,

    /// <summary>Tasks run an image that is not the pinned one.</summary>
    WrongDigest,

    /// <summary>What is pinned, or what runs, has no digest to compare.</summary>
    UnknownDigest,

    /// <summary>Fewer tasks than desired run what is pinned.</summary>
    Incomplete,

    /// <summary>ECS does not have it.</summary>
    Missing,

    /// <summary>Evidence that is needed could not be read.</summary>
    Unreadable,

    /// <summary>It did not finish in time.</summary>
    TimedOut,
}
