using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Decides about services whose deployments are another controller's: CodeDeploy's, or a program of the user's own. ECS has task
/// sets of them, and CloudFormation leaves them on whatever that controller deployed.
/// </summary>
internal static class TaskSetRules
{
    /// <param name="service">A service under CODE_DEPLOY or EXTERNAL.</param>
    /// <param name="named">The task definition that its stack names.</param>
    /// <param name="running">What its tasks run.</param>
    /// <param name="progress">How many of them run what is pinned, in words.</param>
    /// <returns>Null if it is steady and its tasks decide.</returns>
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
            // The same image by another revision is what was meant.
            : primary.TaskDefinition == named || running.All(each => each.IsPinned == true) ? null
            : new Verdict(
                RunningState.Hotswapped,
                $"{who} has it on {ArnName.Of(primary.TaskDefinition)}, its stack says {ArnName.Of(named)}"
            );
    }
}
