using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>
/// Decides the state of one service's deployment: the one that the stack's operation started, with the stack's current
/// task definition. A service can be steady, and another deployment successful, without running that task definition.
/// </summary>
/// <param name="evidence">The evidence of the environment.</param>
/// <param name="workload">The service.</param>
/// <param name="before">The stacks before the deployment in question; null for each stack's last operation.</param>
internal sealed class ServiceDeploymentRules(EvidenceIndex evidence, Workload workload, PreviousStacks? before)
{
    /// <summary>The largest offset between the clocks of CloudFormation and ECS.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private readonly StackEvidence stack = workload.Stack.Stack;

    /// <summary>
    /// Whether the deployment in question did not change the stack; what ECS did with the service is then unrelated.
    /// </summary>
    private readonly bool isUnaffected = before?.Has(workload.Stack.Stack) == true;

    /// <summary>When the deployment in question started.</summary>
    private DateTimeOffset Began => isUnaffected ? before!.Began : stack.UpdatedAt ?? stack.CreatedAt;

    public ServiceDeploymentState Decide()
    {
        var service = evidence.FindService(workload.PhysicalId);
        var containers = new ServiceRules(evidence, workload).Decide().ToList();
        var first = containers.FirstOrDefault();
        var deployment = service is null ? null : FindDeployment(service);
        var decided = new ServiceDeploymentState
        {
            Stack = first?.Stack ?? stack.Name,
            Service = service?.Name ?? first?.Service ?? workload.LogicalId,
            Account = evidence.Evidence.Account,
            Region = evidence.Evidence.Region,
            Cluster = service?.ClusterName,
            Desired = service?.Desired,
            New = CountOf(service, isOurs: true),
            Old = CountOf(service, isOurs: false),
            Stage = service is { CurrentDeployment: { } current } ? StageOf(service, current) : "",
            Containers = containers,
            Outcome = ServiceOutcome.Deploying,
            Troubles = service is null ? [] : StoppedTasks.Of(evidence.TasksOf(service), Began, evidence.Evidence),
            Event = service?.Events.Where(each => each.At >= Began).MaxBy(each => each.At)?.Message ?? "",
        };
        var (outcome, reason) = OutcomeOf(service, deployment, containers);
        if (outcome == ServiceOutcome.Deploying)
        {
            reason = Progress(decided, reason);
        }

        // The cause is more useful than that CloudFormation rolled back as a consequence.
        var (cause, story) =
            outcome == ServiceOutcome.StackRolledBack && service is not null && FindCause(service) is { } found
                ? found
                : (outcome, "");
        return decided with
        {
            Outcome = outcome,
            Reason = story.Length > 0 ? $"{reason}; before that, {story}" : reason,
            Remedy = Remedies.Of(cause, decided, stack, evidence.Evidence),
        };
    }

    /// <summary>How ECS ended the deployment that the stack's operation started; null if it did not.</summary>
    private (ServiceOutcome Outcome, string Reason)? FindCause(ServiceEvidence service) =>
        evidence
            .DeploymentsOf(service)
            .Where(each => each.CreatedAt >= Began - Apart)
            .Select(each => Ended(service, each))
            .LastOrDefault(each => each is not (null or { Outcome: ServiceOutcome.Superseded }));

    private (ServiceOutcome Outcome, string Reason) OutcomeOf(
        ServiceEvidence? service,
        DeploymentEvidence? deployment,
        List<ContainerVerdict> containers
    )
    {
        if (stack.IsInProgress && stack.Status.Contains("ROLLBACK", StringComparison.Ordinal))
        {
            return (ServiceOutcome.StackRolledBack, "CloudFormation is rolling back the update of its stack");
        }

        if (containers.Find(each => each.State == RunningState.Unreadable) is { } unread)
        {
            return (ServiceOutcome.Unreadable, unread.Reason);
        }

        if (service is { Controller: "ECS" } && deployment is not null && Ended(service, deployment) is { } ended)
        {
            return ended;
        }

        if (stack.IsInProgress)
        {
            return (ServiceOutcome.Deploying, "CloudFormation is updating its stack");
        }

        if (containers.Count == 0)
        {
            return (ServiceOutcome.Unreadable, "the template does not show its containers");
        }

        if (stack.Status.EndsWith("_FAILED", StringComparison.Ordinal) && WasTouched)
        {
            return (ServiceOutcome.StackRolledBack, $"its stack is {stack.Status}{Because(stack.StatusReason)}");
        }

        var worst = containers.MaxBy(each => Rank(each.State))!;
        return worst.State switch
        {
            RunningState.Running => (ServiceOutcome.Verified, ""),
            RunningState.Stopped => (ServiceOutcome.Verified, "no task is wanted"),
            RunningState.Deploying => (ServiceOutcome.Deploying, worst.Reason),
            // ECS is rolling back a forced deployment to the one of the stack, which had completed before.
            RunningState.RolledBack when service is { IsDeploying: true } && IsAsNamed(service) => (
                ServiceOutcome.Deploying,
                worst.Reason
            ),
            RunningState.RolledBack when stack.IsRolledBack => (ServiceOutcome.StackRolledBack, worst.Reason),
            RunningState.RolledBack => (OutcomeOfRollback(worst.Reason), worst.Reason),
            RunningState.Hotswapped => (ServiceOutcome.Superseded, worst.Reason),
            RunningState.PartlyRunning => (ServiceOutcome.Incomplete, worst.Reason),
            RunningState.UnknownDigest => (ServiceOutcome.UnknownDigest, worst.Reason),
            RunningState.NeverDeployed => (
                stack.IsRolledBack ? ServiceOutcome.StackRolledBack : ServiceOutcome.Missing,
                worst.Reason
            ),
            RunningState.Drifted when worst.Running.Count == 0 => (ServiceOutcome.Missing, worst.Reason),
            RunningState.Drifted when service is { Controller: not "ECS" } => (
                ServiceOutcome.WrongDigest,
                $"{worst.Reason}; under {service.Controller} CloudFormation deploys nothing to it"
            ),
            RunningState.Drifted => (ServiceOutcome.WrongDigest, worst.Reason),
            _ => (ServiceOutcome.Unreadable, worst.Reason),
        };
    }

    private bool IsAsNamed(ServiceEvidence service) =>
        service is { Controller: "ECS" } && service.TaskDefinition == workload.TaskDefinition;

    /// <summary>How a deployment failed, or is failing; null if it does neither.</summary>
    private (ServiceOutcome Outcome, string Reason)? Ended(ServiceEvidence service, DeploymentEvidence deployment)
    {
        var story = RollbackStory.Describe(deployment);
        if (deployment.CircuitBreaker == "TRIGGERED")
        {
            return (
                ServiceOutcome.CircuitBreaker,
                deployment.IsRolledBack ? story : $"the circuit breaker stopped it{Because(deployment.StatusReason)}"
            );
        }

        if (deployment.IsRolledBack || deployment.Status == "ROLLBACK_REQUESTED")
        {
            return (deployment.TriggeredAlarms.Count > 0 ? ServiceOutcome.Alarm : OutcomeOfRollback(story), story);
        }

        if (deployment.Status is not ("STOPPED" or "STOP_REQUESTED"))
        {
            return null;
        }

        var newer = evidence.DeploymentsOf(service).FirstOrDefault(each => each.CreatedAt > deployment.CreatedAt);
        return newer is null
            ? (ServiceOutcome.RolledBack, $"it was stopped{Because(deployment.StatusReason)}")
            : (
                ServiceOutcome.Superseded,
                evidence.FindRevision(newer.TargetRevision) is { } revision
                    ? $"a newer deployment of {ArnName.Of(revision.TaskDefinition)} has taken over"
                    : "a newer deployment has taken over"
            );
    }

    /// <summary>
    /// The deployment that the stack's operation started: its target is the stack's task definition, and it began while CloudFormation
    /// was updating the service. A deployment that somebody forced at another time with the same task definition does not count.
    /// </summary>
    private DeploymentEvidence? FindDeployment(ServiceEvidence service) =>
        isUnaffected || !WasTouched
            ? null
            : evidence
                .DeploymentsOf(service)
                .FirstOrDefault(each =>
                    each.CreatedAt >= Began - Apart
                    && (IsTouched || each.CreatedAt <= workload.Resource!.UpdatedAt + Apart)
                    && evidence.FindRevision(each.TargetRevision)?.TaskDefinition == workload.TaskDefinition
                );

    /// <summary>The progress by the counts of ECS; tasks are compared once the deployment has completed.</summary>
    private static string Progress(ServiceDeploymentState service, string reason)
    {
        var parts = new List<string>();
        if (service.Desired is { } desired)
        {
            parts.Add(
                service.Old > 0
                    ? $"{service.New} of {desired} new tasks, {service.Old} old"
                    : $"{service.New} of {desired} new tasks"
            );
        }

        if (service.Stage.Length > 0)
        {
            parts.Add(service.Stage.ToLowerInvariant().Replace('_', ' '));
        }

        return parts.Count > 0 ? string.Join(" · ", parts) : reason;
    }

    private bool WasTouched =>
        workload.Resource is { } resource && resource.UpdatedAt >= (stack.UpdatedAt ?? stack.CreatedAt);

    /// <summary>Whether CloudFormation is updating the service.</summary>
    private bool IsTouched => workload.Resource!.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal);

    private int CountOf(ServiceEvidence? service, bool isOurs) =>
        service
            ?.Rollouts.Where(each => (each.TaskDefinition == workload.TaskDefinition) == isOurs)
            .Sum(each => each.Running)
        ?? 0;

    private string StageOf(ServiceEvidence service, string current) =>
        evidence.DeploymentsOf(service).FirstOrDefault(each => each.Arn == current)?.Stage ?? "";

    private static ServiceOutcome OutcomeOfRollback(string story) =>
        story.Contains("circuit breaker", StringComparison.OrdinalIgnoreCase) ? ServiceOutcome.CircuitBreaker
        : story.Contains("alarm", StringComparison.OrdinalIgnoreCase) ? ServiceOutcome.Alarm
        : ServiceOutcome.RolledBack;

    private static int Rank(RunningState state) =>
        state switch
        {
            RunningState.Running => 0,
            RunningState.Stopped => 1,
            RunningState.PartlyRunning => 2,
            RunningState.UnknownDigest => 3,
            RunningState.Deploying => 4,
            RunningState.Drifted => 5,
            _ => 6,
        };

    private static string Because(string reason) => reason.Length > 0 ? $": {reason.TrimEnd('.')}" : "";
}
