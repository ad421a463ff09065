using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Decides whether the containers of a service run the intended images.</summary>
internal sealed class ServiceRules(EvidenceIndex evidence, Workload workload)
{
    public IEnumerable<ContainerVerdict> Decide()
    {
        var service = evidence.FindService(workload.PhysicalId);
        var missing = Missing(service);
        foreach (var container in workload.Containers)
        {
            var pin = Pin.Of(container, evidence);
            var blank = VerdictOf(service, container, pin);
            if (service is null || missing is not null)
            {
                yield return blank with
                {
                    State = missing!.Value.State,
                    Reason = missing.Value.Reason,
                };
                continue;
            }

            var tasks = evidence.TasksOf(service).Where(task => task.Counts).ToList();
            var running = DigestComparison.Count(tasks, container, pin, evidence);
            var verdict = Decide(service, container, pin, tasks, running);
            yield return blank with
            {
                Running = running,
                State = verdict.State,
                Reason = verdict.Reason,
            };
        }
    }

    /// <summary>The verdict on a service that cannot be examined; null if it can.</summary>
    private Verdict? Missing(ServiceEvidence? service)
    {
        var arn = workload.PhysicalId;
        if (service is { Status: not "INACTIVE" })
        {
            var cluster = service.ClusterArn;
            return evidence.FindUnread(cluster, "ecs:ListTasks", "ecs:DescribeTasks") is { } tasks
                ? new Verdict(RunningState.Unreadable, tasks.Reason)
                : null;
        }

        if (workload.Stack.Stack.Resources is null)
        {
            var unread = evidence.FindUnread(workload.Stack.Stack.Id, "cloudformation:ListStackResources");
            return new Verdict(RunningState.Unreadable, unread?.Reason ?? "the resources of its stack were not read");
        }

        if (arn.Length == 0)
        {
            return new Verdict(
                RunningState.NeverDeployed,
                $"its stack is {workload.Stack.Stack.Status} and has not created it"
            );
        }

        if (service is not null || evidence.Evidence.MissingServices.Contains(arn, StringComparer.Ordinal))
        {
            return workload.Stack.Stack.IsInProgress
                ? new Verdict(RunningState.Deploying, "CloudFormation is updating its stack")
                : new Verdict(RunningState.Drifted, "its stack has it, and ECS does not: somebody deleted it");
        }

        var fact = evidence.FindUnread(arn, "ecs:DescribeServices");
        return new Verdict(RunningState.Unreadable, fact?.Reason ?? "ECS did not describe it");
    }

    private Verdict Decide(
        ServiceEvidence service,
        NamedContainer container,
        Pin pin,
        List<TaskEvidence> tasks,
        IReadOnlyList<RunningDigest> running
    )
    {
        var pinned = running.Where(each => each.IsPinned == true).Sum(each => each.Tasks);
        var progress = $"{pinned} of {service.Desired} tasks run what is pinned";
        if (workload.Stack.Stack is { IsInProgress: true, Status: var status })
        {
            return status.Contains("ROLLBACK", StringComparison.Ordinal)
                ? new Verdict(RunningState.RolledBack, $"CloudFormation is rolling back its last update; {progress}")
                : new Verdict(RunningState.Deploying, $"CloudFormation is updating its stack; {progress}");
        }

        if (workload.Stack.Stack.ChangedWhileRead)
        {
            return new Verdict(RunningState.Deploying, "its stack was changed while this was read: look again");
        }

        if (workload.TaskDefinition is not { } named)
        {
            return new Verdict(RunningState.Unreadable, "the template does not show its task definition");
        }

        if (service.Controller != "ECS" && TaskSetRules.Decide(service, named, running, progress) is { } ofSets)
        {
            return ofSets;
        }

        // CloudFormation does not change the task definition of services under another controller.
        if (service.Controller == "ECS" && service.TaskDefinition != named)
        {
            return OtherDefinition(service, container, named);
        }

        if (service.IsDeploying)
        {
            return evidence.DeploymentsOf(service).FirstOrDefault(each => each.IsInProgress) switch
            {
                { IsRolledBack: true } or { Status: "ROLLBACK_REQUESTED" } => new Verdict(
                    RunningState.RolledBack,
                    RollbackStory.Describe(evidence.DeploymentsOf(service).First(each => each.IsInProgress))
                ),
                { Stage: { Length: > 0 } stage } => new Verdict(
                    RunningState.Deploying,
                    $"{progress}; stage {stage.ToLowerInvariant().Replace('_', ' ')}"
                ),
                _ => new Verdict(RunningState.Deploying, progress),
            };
        }

        if (RolledBackByCloudFormation() is { } rolledBack)
        {
            return rolledBack;
        }

        if (service.Desired == 0 && tasks.Count == 0)
        {
            return new Verdict(RunningState.Stopped, "no task is wanted");
        }

        return pin.Recorded is { } recorded
            ? new Verdict(
                RunningState.Drifted,
                $"its record says {recorded.Short}, its template {pin.Digest?.Short}: one of them was edited by hand"
            )
            : CountedTasks.Decide(service, pin, running, named, tasks);
    }

    /// <summary>The service runs a task definition that is not the stack's.</summary>
    private Verdict OtherDefinition(ServiceEvidence service, NamedContainer container, string named)
    {
        if (RollbackStory.Find(service, named, evidence) is { } story)
        {
            return new Verdict(RunningState.RolledBack, story);
        }

        var runs = ArnName.Of(service.TaskDefinition);
        var says = $"it runs {runs}, its stack says {ArnName.Of(named)}";
        if (
            evidence.FindUnread(service.Arn, "ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments") is
            { } unread
        )
        {
            says += $"; whether that was a rollback is not known: {unread.Reason}";
        }

        if (service.IsDeploying)
        {
            return new Verdict(
                RunningState.Hotswapped,
                $"{says}; a deployment that its stack knows nothing of is under way"
            );
        }

        var image = evidence.FindDefinition(service.TaskDefinition)?.Images.GetValueOrDefault(container.Container);
        if (image is not null && image == container.Reference.Text)
        {
            says += ", with the same image";
        }

        return ArnName.FamilyOf(service.TaskDefinition) == ArnName.FamilyOf(named)
            ? new Verdict(RunningState.Hotswapped, says)
            : new Verdict(RunningState.Drifted, says);
    }

    /// <summary>Whether CloudFormation rolled back the last operation of the stack, and it included this service.</summary>
    private Verdict? RolledBackByCloudFormation()
    {
        var stack = workload.Stack.Stack;
        var began = stack.UpdatedAt ?? stack.CreatedAt;
        return stack.IsRolledBack && workload.Resource is { } resource && resource.UpdatedAt >= began
            ? new Verdict(
                RunningState.RolledBack,
                $"CloudFormation rolled back its last update{(stack.StatusReason.Length > 0 ? $": {stack.StatusReason}" : "")}"
            )
            : null;
    }

    private ContainerVerdict VerdictOf(ServiceEvidence? service, NamedContainer container, Pin pin)
    {
        var revision =
            service is null || service.TaskDefinition.Length == 0
                ? null
                : evidence.FindRevision(service, service.TaskDefinition);
        var begun = ContainerVerdicts.Begin(workload, container, pin, evidence);
        return begun with
        {
            Service =
                service?.Name
                ?? (workload.PhysicalId.Length > 0 ? ArnName.Of(workload.PhysicalId) : workload.LogicalId),
            Cluster = service?.ClusterName,
            Desired = service?.Desired,
            Resolved = revision?.DigestOf(container.Container),
            Since = service?.Primary?.CreatedAt,
            Evidence = FactOrigin.Among([
                .. begun.Evidence,
                service?.Source,
                revision?.Source,
                service is null ? null : evidence.DeploymentsOf(service).FirstOrDefault()?.Source,
                service is null ? null : evidence.TasksOf(service).FirstOrDefault()?.Source,
            ]),
        };
    }
}
