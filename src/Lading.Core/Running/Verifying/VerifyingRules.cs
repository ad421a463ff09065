using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Decides, from evidence alone, the state of each service's deployment in some stacks.</summary>
internal static class VerifyingRules
{
    /// <summary>Decides the state of all services of the stacks.</summary>
    /// <param name="evidence">The evidence of one account and region.</param>
    /// <param name="before">The stacks before the deployment in question; null to use each stack's last operation.</param>
    public static VerificationReport Of(EnvironmentEvidence evidence, PreviousStacks? before = null)
    {
        evidence = before?.Settle(evidence) ?? evidence;
        var index = new EvidenceIndex(evidence);
        var workloads = Workloads.Of(evidence).Where(each => each.Kind == WorkloadKind.Service).ToList();
        return new VerificationReport(
            evidence,
            [
                .. workloads
                    .Select(workload => new ServiceDeploymentRules(index, workload, before).Decide())
                    .OrderBy(service => service.Stack, StringComparer.Ordinal)
                    .ThenBy(service => service.Service, StringComparer.Ordinal),
            ],
            [.. evidence.Stacks.Where(IsUnfinished)]
        );
    }

    /// <summary>
    /// Whether the tasks of a service must be read: while a deployment is in progress, the counts of ECS are enough.
    /// </summary>
    public static bool NeedsTasks(ServiceEvidence service, StackEvidence stack) =>
        !stack.IsInProgress && !service.IsDeploying;

    /// <summary>Whether stopped tasks must be read, as they may explain a problem.</summary>
    public static bool NeedsStopped(ServiceEvidence service, StackEvidence stack) =>
        service.Running < service.Desired
        || service.Rollouts.Any(each => each.Failed > 0 || each.State == "FAILED")
        || stack.Status.Contains("ROLLBACK", StringComparison.Ordinal)
        || IsUnfinished(stack);

    public static bool IsUnfinished(StackEvidence stack) =>
        stack.IsRolledBack || stack.Status.EndsWith("_FAILED", StringComparison.Ordinal);
}
