namespace Lading.Running;

/// <summary>The kinds of workloads.</summary>
internal enum WorkloadKind
{
    Service,
    Function,
    ScheduledTask,
    Job,

    /// <summary>A task definition that no service or schedule of its stack uses.</summary>
    Task,
}
