namespace Lading.Running.Verifying;

/// <summary>What became of the deployment of a service.</summary>
internal enum ServiceOutcome
{
    /// <summary>It is under way.</summary>
    Deploying,

    /// <summary>Every task that counts runs what is pinned.</summary>
    Verified,

    /// <summary>The deployment circuit breaker ended it.</summary>
    CircuitBreaker,

    /// <summary>An alarm of CloudWatch took it back.</summary>
    Alarm,

    /// <summary>Somebody took it back, or stopped it.</summary>
    RolledBack,

    /// <summary>CloudFormation took the update of its stack back, or could not finish it.</summary>
    StackRolledBack,

    /// <summary>A newer deployment has taken over, or the service runs another task definition.</summary>
    Superseded,

    /// <summary>Tasks run another image than what is pinned.</summary>
    WrongDigest,

    /// <summary>What is pinned, or what runs, has no digest that could be compared.</summary>
    UnknownDigest,

    /// <summary>Fewer tasks than wanted run what is pinned.</summary>
    Incomplete,

    /// <summary>ECS does not have it.</summary>
    Missing,

    /// <summary>What is needed to tell could not be read.</summary>
    Unreadable,

    /// <summary>The time was up before it was done.</summary>
    TimedOut,
}
