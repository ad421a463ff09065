namespace Lading.Running.Verifying;

/// <summary>How the deployment of one service stands.</summary>
internal sealed record ServiceStanding
{
    /// <summary>The stack; a nested one after its top-level stack and a slash.</summary>
    public required string Stack { get; init; }

    public required string Service { get; init; }

    /// <summary>12 digits.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>The cluster's name; null if it is not known.</summary>
    public string? Cluster { get; init; }

    /// <summary>Tasks that are wanted; null if that is not known.</summary>
    public int? Desired { get; init; }

    /// <summary>Tasks of this deployment that run, by what ECS counts.</summary>
    public int New { get; init; }

    /// <summary>Tasks of other deployments that run, by what ECS counts.</summary>
    public int Old { get; init; }

    /// <summary>Such as <c>BAKE_TIME</c>; empty if ECS does not say.</summary>
    public string Stage { get; init; } = "";

    /// <summary>What is pinned and what runs, for each container.</summary>
    public IReadOnlyList<ContainerVerdict> Containers { get; init; } = [];

    public required ServiceOutcome Outcome { get; init; }

    /// <summary>Why, as part of a sentence; empty if there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do, as a sentence; empty if there is nothing to do.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Why tasks of it stopped, the most frequent first.</summary>
    public IReadOnlyList<TaskTrouble> Troubles { get; init; } = [];

    /// <summary>The newest thing that ECS says of it; empty if it says nothing.</summary>
    public string Event { get; init; } = "";

    public bool IsUnderWay => Outcome == ServiceOutcome.Deploying;

    /// <summary>Whether its tasks are being exchanged, or something is wrong with them.</summary>
    public bool IsMoving =>
        Outcome is not (ServiceOutcome.Verified or ServiceOutcome.Deploying)
        || Old > 0
        || New != Desired
        || Stage.Length > 0
        || Troubles.Count > 0;

    /// <summary>Whether this may only be a moment between two states, or an answer that lags: it counts once it lasts.</summary>
    public bool MayPass =>
        Outcome
            is ServiceOutcome.WrongDigest
                or ServiceOutcome.UnknownDigest
                or ServiceOutcome.Incomplete
                or ServiceOutcome.Missing
                or ServiceOutcome.Unreadable
                or ServiceOutcome.Superseded;
}
