using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>Decides whether what was to be gone back to runs, from what was read after the deployment.</summary>
internal static class RollbackVerification
{
    /// <summary>Whether a container is one that got another image.</summary>
    public static bool IsOf(RollbackPlan plan, ContainerVerdict verdict) =>
        plan.Swaps.Any(swap =>
            swap.Container.Container == verdict.Container
            && verdict.Reference?.StartsWith(swap.Repository, StringComparison.Ordinal) == true
        );

    /// <summary>Why it does not run, as part of a sentence; empty if it does.</summary>
    public static string ProblemOf(RollbackPlan plan, IReadOnlyList<ContainerVerdict> containers)
    {
        var kept = plan.Swaps.FirstOrDefault(swap =>
            !containers.Any(each => each.Container == swap.Container.Container && each.Pinned == swap.To)
        );
        if (kept is not null)
        {
            return $"the stack does not name {kept.To} for {kept.Use} after all";
        }

        var off = containers.FirstOrDefault(each => !Runs(each));
        return off is null
            ? ""
            : $"{off.Service} {off.Container} is {StateOf(off)}{(off.Reason.Length > 0 ? $": {off.Reason}" : "")}";
    }

    /// <summary>Whether looking again may show something else.</summary>
    public static bool MayPass(IReadOnlyList<ContainerVerdict> containers) =>
        containers.All(each => Runs(each) || each.State is RunningState.Deploying or RunningState.PartlyRunning);

    // Where no task is wanted, none can run it.
    private static bool Runs(ContainerVerdict verdict) => verdict.State is RunningState.Running or RunningState.Stopped;

    private static string StateOf(ContainerVerdict verdict) =>
        verdict.State switch
        {
            RunningState.PartlyRunning => "running in part",
            RunningState.RolledBack => "rolled back",
            RunningState.NeverDeployed => "not there",
            RunningState.UnknownDigest => "running something that cannot be told",
            RunningState.Unreadable => "unreadable",
            RunningState.Deploying => "still deploying",
            RunningState.Hotswapped => "hotswapped",
            _ => "drifted",
        };
}
