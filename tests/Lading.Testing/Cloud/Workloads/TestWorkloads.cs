namespace Lading.Testing.Cloud.Workloads;

/// <summary>What runs images without being a service: functions, rules, schedules and job definitions of an account.</summary>
internal sealed class TestWorkloads
{
    public List<TestFunction> Functions { get; } = [];

    public List<TestRule> Rules { get; } = [];

    public List<TestSchedule> Schedules { get; } = [];

    public List<TestJobDefinition> Jobs { get; } = [];

    /// <summary>Jobs of the only queue, which is there if it has some.</summary>
    public List<TestJob> QueuedJobs { get; } = [];

    /// <summary>Operations that the caller may not use, by the names of IAM: <c>lambda:GetFunction</c>.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);
}

/// <summary>A Lambda function with an image, which Lambda resolved when it was given (Lambda API, FunctionCodeLocation).</summary>
internal sealed record TestFunction(string Name, string Image, string ResolvedImage)
{
    /// <summary><c>Successful</c>, <c>InProgress</c> or <c>Failed</c> (Lambda API, FunctionConfiguration).</summary>
    public string UpdateStatus { get; init; } = "Successful";

    /// <summary><c>$LATEST</c>, or a number: each published version is one of these.</summary>
    public string Version { get; init; } = "$LATEST";
}

/// <summary>A rule of EventBridge that starts tasks.</summary>
/// <param name="Name">Its name on its bus.</param>
/// <param name="TaskDefinitions">ARNs.</param>
internal sealed record TestRule(string Name, IReadOnlyList<string> TaskDefinitions)
{
    public string Bus { get; init; } = "default";

    public bool IsEnabled { get; init; } = true;
}

/// <summary>A schedule of EventBridge Scheduler that starts tasks.</summary>
internal sealed record TestSchedule(string Name, string TaskDefinition)
{
    public string Group { get; init; } = "default";

    /// <summary>What a universal target hands to <c>ecs:RunTask</c> (EventBridge Scheduler user guide); null for a target of ECS.</summary>
    public string? Input { get; init; }

    /// <summary>What takes the input; null for <c>ecs:RunTask</c>.</summary>
    public string? Target { get; init; }

    public bool IsEnabled { get; init; } = true;
}

/// <summary>A job definition of Batch: one container, or those of a task with their names.</summary>
internal sealed record TestJobDefinition(string Name, int Revision, IReadOnlyDictionary<string, string> Containers)
{
    public bool IsActive { get; init; } = true;
}

/// <summary>A job of Batch with the image that it was submitted with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">Its image.</param>
/// <param name="Status">As Batch has it (AWS Batch API reference, JobDetail).</param>
internal sealed record TestJob(string Name, string Image, string Status = "RUNNABLE");
