namespace Lading.Deploying;

/// <summary>How a deployment ended.</summary>
internal enum DeployState
{
    /// <summary>CloudFormation completed everything.</summary>
    Deployed,

    /// <summary>CloudFormation completed everything, but services do not run what was deployed.</summary>
    NotRunning,

    /// <summary>CloudFormation rolled it back, or left it incomplete.</summary>
    Undone,

    /// <summary>cdk created change sets, and did not execute them.</summary>
    Prepared,

    /// <summary>Nothing was changed anywhere.</summary>
    DryRun,

    /// <summary>The check failed, and nothing was deployed.</summary>
    Refused,

    /// <summary>cdk failed.</summary>
    Failed,

    /// <summary>It was cancelled, during cdk or during watching: the operation in CloudFormation continues.</summary>
    Cancelled,
}
