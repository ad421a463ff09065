namespace Lading.Running.Verifying;

/// <summary>The state of one service's deployment.</summary>
internal sealed record ServiceDeploymentState
{
    /// <summary>The stack; a nested stack follows its top-level stack and a slash.</summary>
    public required string Stack { get; init; }

    public required string Service { get; init; }

    /// <summary>12 digits.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>The cluster's name; null if it is unknown.</summary>
    public string? Cluster { get; init; }

    /// <summary>The desired number of tasks; null if it is unknown.</summary>
    public int? Desired { get; init; }

    /// <summary>Running tasks of this deployment, as counted by ECS.</summary>
    public int New { get; init; }

    /// <summary>Running tasks of other deployments, as counted by ECS.</summary>
    public int Old { get; init; }

    /// <summary>Such as <c>BAKE_TIME</c>; empty if ECS does not say.</summary>
    public string Stage { get; init; } = "";

    /// <summary>The pinned and the running image of each container.</summary>
    public IReadOnlyList<ContainerVerdict> Containers { get; init; } = [];

    public required ServiceOutcome Outcome { get; init; }

    /// <summary>The reason for the outcome, as part of a sentence; empty if it needs none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do, as a sentence; empty if there is nothing to do.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Why its tasks stopped, the most frequent reason first.</summary>
    public IReadOnlyList<TaskProblem> Troubles { get; init; } = [];

    /// <summary>Its newest event in ECS; empty if there is none.</summary>
    public string Event { get; init; } = "";

    public bool IsUnderWay => Outcome == ServiceOutcome.Deploying;

    /// <summary>Whether its tasks are being replaced, or have problems.</summary>
    public bool IsMoving =>
        Outcome is not (ServiceOutcome.Verified or ServiceOutcome.Deploying)
        || Old > 0
        || New != Desired
        || Stage.Length > 0
        || Troubles.Count > 0;

    /// <summary>Whether the outcome may be transient, or due to a read that lags: it counts only if it lasts.</summary>
    public bool MayPass =>
        Outcome
            is ServiceOutcome.WrongDigest
                or ServiceOutcome.UnknownDigest
                or ServiceOutcome.Incomplete
                or ServiceOutcome.Missing
                or ServiceOutcome.Unreadable
                or ServiceOutcome.Superseded;
}
