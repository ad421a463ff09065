namespace Lading.Running;

/// <summary>What runs a container.</summary>
internal enum WorkloadKind
{
    Service,
    Function,
    ScheduledTask,
    Job,

    /// <summary>A task definition that neither a service nor a schedule of its stack starts.</summary>
    Task,
}
