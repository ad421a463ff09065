using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Explains who rolled back a deployment of a service, from its service deployments.</summary>
internal static class RollbackStory
{
    private const string BrokenCircuit =
        "Service deployment rolled back because the circuit breaker threshold was exceeded";

    /// <summary>Why the deployment of a task definition ended; null if it was not rolled back, or that was not read.</summary>
    public static string? Find(ServiceEvidence service, string taskDefinition, EvidenceIndex evidence)
    {
        var deployment = evidence
            .DeploymentsOf(service)
            .FirstOrDefault(each => evidence.FindRevision(each.TargetRevision)?.TaskDefinition == taskDefinition);
        if (deployment is { IsRolledBack: true })
        {
            return Describe(deployment);
        }

        var failed = service.Rollouts.FirstOrDefault(each =>
            each.TaskDefinition == taskDefinition && each.State == "FAILED"
        );
        return failed is null ? null
            : failed.Reason.Length > 0 ? failed.Reason.TrimEnd('.')
            : "its deployment failed";
    }

    /// <summary>Who rolled a deployment back, and why.</summary>
    public static string Describe(DeploymentEvidence deployment)
    {
        var who =
            deployment.Controller == "CODE_DEPLOY" ? "CodeDeploy"
            : deployment.CircuitBreaker == "TRIGGERED" ? "the circuit breaker"
            : deployment.TriggeredAlarms.Count > 0 ? $"alarm {string.Join(", ", deployment.TriggeredAlarms)}"
            : deployment.RollbackReason is { } reason && IsByBreaker(reason) ? "the circuit breaker"
            : "somebody";
        var why = deployment.RollbackReason ?? deployment.StatusReason;
        // This reason of ECS only repeats that it was the circuit breaker.
        return why.Length > 0 && !why.StartsWith(BrokenCircuit, StringComparison.Ordinal)
            ? $"{who} rolled it back: {why.TrimEnd('.')}"
            : $"{who} rolled it back";
    }

    private static bool IsByBreaker(string reason) =>
        reason.Contains("circuit breaker", StringComparison.OrdinalIgnoreCase);
}
