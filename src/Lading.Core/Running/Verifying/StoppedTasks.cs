using System.Globalization;
using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Explains stopped tasks: by the reason in ECS and the exit code, with a remedy.</summary>
/// <remarks>The wording comes from the Amazon ECS developer guide, "Stopped task error messages".</remarks>
internal static class StoppedTasks
{
    private static readonly (string Sign, string Remedy, string? Check)[] Remedies =
    [
        (
            "exec format error",
            "The image is for another processor: compare \"platforms\" in lading.json with the cpuArchitecture of the task definition.",
            DoctorCheck.Platforms
        ),
        (
            "OutOfMemoryError",
            "The container needs more memory than it has: raise memoryLimitMiB of the container or the task.",
            null
        ),
        (
            "ResourceInitializationError",
            "The task could not get its secrets, its log group or its login to ECR: look at the permissions of the execution role, and at the way from its subnets to these services.",
            DoctorCheck.PullPermission
        ),
        (
            "health check",
            "The container starts and does not answer its health check: read its logs, compare path and port, and give it more time to start (startPeriod, healthCheckGracePeriod).",
            null
        ),
    ];

    /// <summary>The problems of tasks, the most frequent first.</summary>
    /// <param name="tasks">Stopped tasks of a service.</param>
    /// <param name="since">When the operation started; tasks that stopped before do not count.</param>
    /// <param name="evidence">The evidence of their environment, for the commands in remedies.</param>
    public static IReadOnlyList<TaskProblem> Of(
        IEnumerable<TaskEvidence> tasks,
        DateTimeOffset since,
        EnvironmentEvidence evidence
    ) =>
        [
            .. tasks
                .Where(task => task.LastStatus == "STOPPED" && !(task.StoppedAt < since))
                .Select(Describe)
                .OfType<string>()
                .GroupBy(text => text, StringComparer.Ordinal)
                .Select(group => new TaskProblem(group.Key, RemedyOf(group.Key, evidence), group.Count()))
                .OrderByDescending(trouble => trouble.Tasks)
                .ThenBy(trouble => trouble.Text, StringComparer.Ordinal),
        ];

    /// <summary>The problem of one task; null if it stopped on purpose.</summary>
    private static string? Describe(TaskEvidence task)
    {
        var container =
            task.Containers.FirstOrDefault(each => each.ExitCode is not (null or 0))
            ?? task.Containers.FirstOrDefault(each => each.Reason.Length > 0);
        var isHealth = task.StoppedReason.Contains("health check", StringComparison.OrdinalIgnoreCase);
        if (task.StopCode is "ServiceSchedulerInitiated" or "UserInitiated" or "SpotInterruption" && !isHealth)
        {
            return null;
        }

        var reason =
            container is { Reason.Length: > 0 }
            && !task.StoppedReason.Contains(container.Reason, StringComparison.Ordinal)
                ? StatesError(task.StoppedReason)
                    ? task.StoppedReason
                    : container.Reason
                : task.StoppedReason;
        reason = reason.Length > 0 ? reason.TrimEnd('.') : "ECS does not say why it stopped";
        return container?.ExitCode is { } code
            ? string.Create(CultureInfo.InvariantCulture, $"{reason} (container {container.Name}, exit code {code})")
            : reason;
    }

    /// <summary>Whether the task's own reason states the error, and not only that a container exited.</summary>
    private static bool StatesError(string reason) => reason.Contains("Error", StringComparison.Ordinal);

    private static string RemedyOf(string text, EnvironmentEvidence evidence)
    {
        if (text.Contains("CannotPull", StringComparison.Ordinal))
        {
            return text.Contains("not found", StringComparison.OrdinalIgnoreCase)
                || text.Contains("not exist", StringComparison.OrdinalIgnoreCase)
                    ? $"The image is not in its registry: lading check says what is missing, and lading publish puts it there. {Command(DoctorCheck.LifecycleRules, evidence)} tells whether a rule deletes what runs."
                : text.Contains("platform", StringComparison.OrdinalIgnoreCase)
                    ? $"The image has no manifest for the task's platform: compare \"platforms\" in lading.json with the runtimePlatform of the task definition. {Command(DoctorCheck.Platforms, evidence)} compares them."
                : $"Let the execution role pull from the repository (ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer), and give its subnets a way to ECR. {Command(DoctorCheck.PullPermission, evidence)} shows the policy that it lacks.";
        }

        var known = Array.Find(Remedies, each => text.Contains(each.Sign, StringComparison.OrdinalIgnoreCase));
        return known.Check is { } check
            ? $"{known.Remedy} {Command(check, evidence)} shows what is wrong."
            : known.Remedy ?? "The program ended by itself: read the container's logs.";
    }

    private static string Command(string check, EnvironmentEvidence evidence) =>
        $"'{DoctorCheck.Command(check, evidence.Selector)}'";
}
