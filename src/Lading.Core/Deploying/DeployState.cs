namespace Lading.Deploying;

/// <summary>How a deployment ended.</summary>
internal enum DeployState
{
    /// <summary>CloudFormation has done all of it.</summary>
    Deployed,

    /// <summary>CloudFormation has done all of it, and services do not run what was deployed.</summary>
    NotRunning,

    /// <summary>CloudFormation took it back, or left it unfinished.</summary>
    Undone,

    /// <summary>cdk made change sets, and left them to be executed.</summary>
    Prepared,

    /// <summary>Nothing was changed anywhere.</summary>
    DryRun,

    /// <summary>The check does not hold, and nothing was deployed.</summary>
    Refused,

    /// <summary>cdk failed.</summary>
    Failed,

    /// <summary>Somebody cancelled it, while cdk was at it or while it was watched: what CloudFormation has begun goes on.</summary>
    Cancelled,
}
