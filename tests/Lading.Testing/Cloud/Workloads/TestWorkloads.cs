namespace Lading.Testing.Cloud.Workloads;

/// <summary>What runs images besides services: an account's functions, rules, schedules and job definitions.</summary>
internal sealed class TestWorkloads
{
    public List<TestFunction> Functions { get; } = [];

    public List<TestRule> Rules { get; } = [];

    public List<TestSchedule> Schedules { get; } = [];

    public List<TestJobDefinition> Jobs { get; } = [];

    /// <summary>The jobs of the only queue, which exists only if it has jobs.</summary>
    public List<TestJob> QueuedJobs { get; } = [];

    /// <summary>Operations that the caller may not use, as policies name them: <c>lambda:GetFunction</c>.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// A Lambda function with an image, and what Lambda resolved that to when it was set (Lambda API,
/// FunctionCodeLocation).
/// </summary>
internal sealed record TestFunction(string Name, string Image, string ResolvedImage)
{
    /// <summary><c>Successful</c>, <c>InProgress</c> or <c>Failed</c> (Lambda API, FunctionConfiguration).</summary>
    public string UpdateStatus { get; init; } = "Successful";

    /// <summary><c>$LATEST</c>, or a number: each published version is one of these.</summary>
    public string Version { get; init; } = "$LATEST";
}

/// <summary>An EventBridge rule that starts tasks.</summary>
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

    /// <summary>
    /// What a universal target passes to <c>ecs:RunTask</c> (EventBridge Scheduler user guide); null for an ECS target.
    /// </summary>
    public string? Input { get; init; }

    /// <summary>The target that receives the input; null for <c>ecs:RunTask</c>.</summary>
    public string? Target { get; init; }

    public bool IsEnabled { get; init; } = true;
}

/// <summary>A Batch job definition: one container without a name, or the named containers of a task.</summary>
internal sealed record TestJobDefinition(string Name, int Revision, IReadOnlyDictionary<string, string> Containers)
{
    public bool IsActive { get; init; } = true;
}

/// <summary>A Batch job, with the image that it was submitted with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">Its image.</param>
/// <param name="Status">As Batch names it (AWS Batch API reference, JobDetail).</param>
internal sealed record TestJob(string Name, string Image, string Status = "RUNNABLE");
