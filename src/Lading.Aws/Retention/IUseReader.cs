namespace Lading.Aws.Retention;

/// <summary>Reads one kind of image use in an account and region.</summary>
internal interface IUseReader
{
    /// <summary>
    /// When the reader runs: an image moves from change sets to templates, task definitions, services and tasks, so
    /// reading in this order finds it at least once.
    /// </summary>
    UseStage Stage => UseStage.Workloads;

    /// <summary>Adds the uses, and records what could not be read.</summary>
    Task ReadAsync(RegionFacts region, CancellationToken cancellationToken);
}

/// <summary>The path of an image through an account.</summary>
internal enum UseStage
{
    /// <summary>Change sets that may be executed.</summary>
    ChangeSets,

    /// <summary>Templates of stacks.</summary>
    Templates,

    /// <summary>Other resources, in stacks or not: task definitions, functions, schedules, records.</summary>
    Workloads,

    /// <summary>Services, with their deployments.</summary>
    Services,

    /// <summary>Tasks.</summary>
    Tasks,
}
