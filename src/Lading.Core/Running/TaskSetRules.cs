using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Decides about services under another deployment controller: CodeDeploy, or the user's own. ECS has task sets for
/// them, and CloudFormation does not change their task definition.
/// </summary>
internal static class TaskSetRules
{
    /// <summary>Decides by the task sets of a service.</summary>
    /// <param name="service">A service under CODE_DEPLOY or EXTERNAL.</param>
    /// <param name="named">The task definition in the stack.</param>
    /// <param name="running">The running digests.</param>
    /// <param name="progress">How many tasks run the pinned image, as part of a sentence.</param>
    /// <returns>The verdict; null if the service is steady, so that its tasks decide.</returns>
    public static Verdict? Decide(
        ServiceEvidence service,
        string named,
        IReadOnlyList<RunningDigest> running,
        string progress
    )
    {
        var who = service.Controller == "CODE_DEPLOY" ? "CodeDeploy" : "its own deployment controller";
        if (service.TaskSets.FirstOrDefault(set => set.Status == "ACTIVE") is { } next)
        {
            return new Verdict(
                RunningState.Deploying,
                $"{progress}; {who} is bringing {ArnName.Of(next.TaskDefinition)} up"
            );
        }

        if (service.TaskSets.FirstOrDefault(set => set.Status == "PRIMARY") is not { } primary)
        {
            return new Verdict(RunningState.Stopped, $"it has no task set yet: {who} has deployed nothing");
        }

        return !primary.IsSteady ? new Verdict(RunningState.Deploying, progress)
            // Another revision of the task definition with the same image counts as running.
            : primary.TaskDefinition == named || running.All(each => each.IsPinned == true) ? null
            : new Verdict(
                RunningState.Hotswapped,
                $"{who} has it on {ArnName.Of(primary.TaskDefinition)}, its stack says {ArnName.Of(named)}"
            );
    }
}
