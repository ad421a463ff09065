namespace Lading.Aws.Retention;

/// <summary>Reads one kind of use of images in an account and region.</summary>
internal interface IUseReader
{
    /// <summary>
    /// When it reads: an image moves from change sets to templates, task definitions, services and tasks, so whoever reads in this
    /// order meets it at least once.
    /// </summary>
    UseStage Stage => UseStage.Workloads;

    /// <summary>Adds the uses that it finds; what cannot be read is noted.</summary>
    Task ReadAsync(RegionFacts region, CancellationToken cancellationToken);
}

/// <summary>The way of an image through an account.</summary>
internal enum UseStage
{
    /// <summary>Change sets that wait.</summary>
    ChangeSets,

    /// <summary>Templates of stacks.</summary>
    Templates,

    /// <summary>Whatever stacks and people made: definitions, functions, schedules, records.</summary>
    Workloads,

    /// <summary>Services, with their deployments.</summary>
    Services,

    /// <summary>Tasks.</summary>
    Tasks,
}
