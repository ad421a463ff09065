using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Decides, from evidence alone, how the deployment of each service of some stacks stands.</summary>
internal static class VerifyingRules
{
    /// <param name="evidence">Of one account and region.</param>
    /// <param name="before">The stacks before the deployment that is decided on; null if none is: then each stack's last operation is.</param>
    public static VerificationReport Of(EnvironmentEvidence evidence, StacksBefore? before = null)
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

    /// <summary>Whether the tasks of a service are looked at: while it is on its way, what ECS counts is enough.</summary>
    public static bool NeedsTasks(ServiceEvidence service, StackEvidence stack) =>
        !stack.IsInProgress && !service.IsDeploying;

    /// <summary>Whether stopped tasks may have something to tell.</summary>
    public static bool NeedsStopped(ServiceEvidence service, StackEvidence stack) =>
        service.Running < service.Desired
        || service.Rollouts.Any(each => each.Failed > 0 || each.State == "FAILED")
        || stack.Status.Contains("ROLLBACK", StringComparison.Ordinal)
        || IsUnfinished(stack);

    public static bool IsUnfinished(StackEvidence stack) =>
        stack.IsRolledBack || stack.Status.EndsWith("_FAILED", StringComparison.Ordinal);
}
