using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Decides about workloads other than services: functions, job definitions, scheduled tasks, and unused task
/// definitions.
/// </summary>
internal sealed class WorkloadRules(EvidenceIndex evidence, Workload workload)
{
    public IEnumerable<ContainerVerdict> Decide() => workload.Containers.Select(Decide);

    private ContainerVerdict Decide(NamedContainer container)
    {
        var pin = Pin.Of(container, evidence);
        var blank = ContainerVerdicts.Begin(workload, container, pin, evidence);
        if (workload.Stack.Stack.Resources is null)
        {
            var unread = evidence.FindUnread(workload.Stack.Stack.Id, "cloudformation:ListStackResources");
            return blank with { Reason = unread?.Reason ?? "the resources of its stack were not read" };
        }

        if (workload.PhysicalId.Length == 0)
        {
            return blank with
            {
                State = RunningState.NeverDeployed,
                Reason = $"its stack is {workload.Stack.Stack.Status} and has not created it",
            };
        }

        if (workload.Stack.Stack.IsInProgress)
        {
            return blank with { State = RunningState.Deploying, Reason = "CloudFormation is updating its stack" };
        }

        return workload.Kind switch
        {
            WorkloadKind.Function => OfFunction(blank, container, pin),
            WorkloadKind.Job => OfJob(blank, container, pin),
            WorkloadKind.ScheduledTask => OfSchedule(blank, container, pin),
            _ => OfTask(blank, container, pin),
        };
    }

    private ContainerVerdict OfFunction(ContainerVerdict blank, NamedContainer container, Pin pin)
    {
        var function = evidence.Evidence.Functions.FirstOrDefault(each => each.Name == workload.PhysicalId);
        if (function is null)
        {
            return Unread(blank, "lambda:GetFunction", "Lambda does not have it: somebody deleted it");
        }

        var resolved = DigestIn(function.ResolvedImage) ?? DigestIn(function.Image);
        var verdict = blank with
        {
            Resolved = resolved,
            Running =
            [
                new RunningDigest(resolved, 0, DigestComparison.IsPinned(pin, resolved, container.Platform, evidence)),
            ],
            Evidence = [.. blank.Evidence, function.Source],
        };
        return function.UpdateStatus switch
        {
            "InProgress" => verdict with { State = RunningState.Deploying, Reason = "Lambda is updating it" },
            "Failed" => verdict with { State = RunningState.RolledBack, Reason = "its last update failed" },
            _ => Compared(verdict, pin, resolved, "it has"),
        };
    }

    private ContainerVerdict OfJob(ContainerVerdict blank, NamedContainer container, Pin pin)
    {
        var job = evidence.Evidence.Jobs.FirstOrDefault(each => each.Arn == workload.PhysicalId);
        if (job is null)
        {
            return Unread(blank, "batch:DescribeJobDefinitions", "Batch does not have it: somebody deleted it");
        }

        var verdict = blank with { Evidence = [.. blank.Evidence, job.Source] };
        if (job.Status == "INACTIVE")
        {
            return verdict with { State = RunningState.Drifted, Reason = "somebody deregistered it" };
        }

        var images = job.Images.Where(each => each.Key.Length == 0 || each.Key == container.Container).ToList();
        var registered = images.Count == 1 ? DigestIn(images[0].Value) : null;
        return images.Count == 1 && pin.Tag is not null && images[0].Value == container.Reference.Text
            ? verdict with
            {
                State = RunningState.UnknownDigest,
                Reason = $"each job pulls whatever the tag {pin.Tag} names then",
            }
            : Compared(verdict with { Resolved = registered }, pin, registered, "each job starts");
    }

    private ContainerVerdict OfSchedule(ContainerVerdict blank, NamedContainer container, Pin pin)
    {
        var schedule = evidence.Evidence.Schedules.FirstOrDefault(each => each.Name == workload.PhysicalId);
        if (schedule is null)
        {
            return Unread(
                blank,
                "events:ListTargetsByRule",
                "EventBridge does not have it",
                "events:ListRules",
                "scheduler:GetSchedule"
            );
        }

        var verdict = blank with { Evidence = [.. blank.Evidence, schedule.Source] };
        return schedule.IsEnabled == false
                ? verdict with
                {
                    State = RunningState.Stopped,
                    Reason = "its schedule is disabled",
                }
            : !schedule.TaskDefinitions.Contains(workload.TaskDefinition, StringComparer.Ordinal)
                ? verdict with
                {
                    State = RunningState.Drifted,
                    Reason =
                        $"its schedule starts {string.Join(", ", schedule.TaskDefinitions.Select(ArnName.Of).DefaultIfEmpty("nothing"))}, its stack says {ArnName.Of(workload.TaskDefinition!)}",
                }
            : pin.Tag is { } tag
                ? verdict with
                {
                    State = RunningState.UnknownDigest,
                    Reason = $"each run pulls whatever the tag {tag} names then",
                }
            : pin.Digest is null ? verdict with { State = RunningState.UnknownDigest, Reason = pin.Problem }
            : OfTasks(
                verdict with
                {
                    State = RunningState.Running,
                    Reason = "starts with its schedule",
                },
                container,
                pin
            );
    }

    private ContainerVerdict OfTask(ContainerVerdict blank, NamedContainer container, Pin pin) =>
        OfTasks(
            blank with
            {
                State = RunningState.Stopped,
                Reason = "neither a service nor a schedule of its stack starts it, and no task of it runs",
            },
            container,
            pin
        );

    /// <summary>The verdict by the tasks of its task definition; the given verdict if none runs.</summary>
    private ContainerVerdict OfTasks(ContainerVerdict verdict, NamedContainer container, Pin pin)
    {
        if (
            evidence.Evidence.Unread.FirstOrDefault(fact =>
                fact.Source.Action is "ecs:ListClusters" or "ecs:ListTasks" or "ecs:DescribeTasks"
            ) is
            { } unread
        )
        {
            return verdict with { State = RunningState.Unreadable, Reason = unread.Reason };
        }

        var running = DigestComparison.Count(
            evidence.TasksOf(workload.TaskDefinition ?? "").Where(task => task.Counts),
            container,
            pin,
            evidence
        );
        if (running.Count == 0)
        {
            return verdict;
        }

        verdict = verdict with { Running = running };
        return running.FirstOrDefault(each => each.IsPinned == false) is { } other
                ? verdict with
                {
                    State = pin.Tag is null ? RunningState.Drifted : RunningState.UnknownDigest,
                    Reason = $"{other.Tasks} of its tasks run {other.Digest?.Short}",
                }
            : running.Any(each => each.IsPinned is null)
                ? verdict with
                {
                    State = RunningState.UnknownDigest,
                    Reason = "ECS does not say which image its tasks run",
                }
            : verdict with { State = RunningState.Running, Reason = "" };
    }

    private ContainerVerdict Compared(ContainerVerdict verdict, Pin pin, Digest? found, string does)
    {
        if (found is not { } actual)
        {
            return verdict with
            {
                State = RunningState.UnknownDigest,
                Reason = pin.Problem.Length > 0 ? pin.Problem : "what it runs has no digest",
            };
        }

        return DigestComparison.IsPinned(pin, actual, workload.Containers[0].Platform, evidence) switch
        {
            true => verdict with { State = RunningState.Running },
            false when pin.Tag is null => verdict with
            {
                State = RunningState.Drifted,
                Reason = $"{does} {actual.Short}",
            },
            false => verdict with
            {
                State = RunningState.UnknownDigest,
                Reason =
                    $"it is pinned by the tag {pin.Tag}, which names {pin.Digest?.Short} now; {does} {actual.Short}",
            },
            null => verdict with
            {
                State = RunningState.UnknownDigest,
                Reason =
                    pin.Problem.Length > 0
                        ? pin.Problem
                        : $"{does} {actual.Short}, and its registry does not say whether {pin.Digest?.Short} is an index of it",
            },
        };
    }

    private ContainerVerdict Unread(ContainerVerdict blank, string action, string absent, params string[] others) =>
        evidence.FindUnread(workload.PhysicalId, [action, .. others]) is { } unread
            ? blank with
            {
                State = RunningState.Unreadable,
                Reason = unread.Reason,
            }
            : blank with
            {
                State = RunningState.Drifted,
                Reason = absent,
            };

    private static Digest? DigestIn(string reference) =>
        ImageReference.TryParse(reference, out var parsed) ? parsed.Digest : null;
}
