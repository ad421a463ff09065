namespace Lading.Testing.Cloud.Ecs;

/// <summary>What ECS does for a service in one time step.</summary>
internal sealed class ServiceSchedule(TestEcs ecs, EcsService service)
{
    // Developer guide, "Lifecycle stages for blue/green service deployments"; the hooks between them are left out.
    private static readonly string[] Stages =
    [
        "SCALE_UP",
        "TEST_TRAFFIC_SHIFT",
        "PRODUCTION_TRAFFIC_SHIFT",
        "BAKE_TIME",
        "CLEAN_UP",
    ];
    private static readonly TimeSpan StageTime = TimeSpan.FromSeconds(30);

    private EcsDeployment Deployment => service.Current;

    private string ClusterName => service.Cluster[(service.Cluster.LastIndexOf('/') + 1)..];

    public void Run()
    {
        Start();
        Fail();
        Watch();
        Scale();
        Finish();
    }

    /// <summary>Starts tasks that were created long enough ago, or makes their start fail.</summary>
    private void Start()
    {
        foreach (var task in service.Tasks.Where(task => task.LastStatus is "PROVISIONING" or "PENDING").ToList())
        {
            var age = ecs.Now - task.CreatedAt;
            if (age < TestEcs.StartTime)
            {
                task.LastStatus = age >= TestEcs.StartTime / 2 ? "PENDING" : task.LastStatus;
                continue;
            }

            switch (ecs.FateOf(task.Definition))
            {
                // Developer guide, "CannotPullContainer task errors".
                case ImageFate.CannotBePulled:
                    var image = task.Definition.Images.Values.First();
                    task.Stop(
                        ecs.Now,
                        "TaskFailedToStart",
                        $"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {image}: not found",
                        container: $"CannotPullContainerError: {image}: not found"
                    );
                    Deployment.Failed++;
                    break;
                default:
                    task.LastStatus = "RUNNING";
                    task.StartedAt = ecs.Now;
                    break;
            }
        }
    }

    /// <summary>Stops running tasks whose image is meant to fail.</summary>
    private void Fail()
    {
        foreach (
            var task in service.Tasks.Where(task => task.IsRunning && ecs.Now - task.StartedAt >= TestEcs.Step).ToList()
        )
        {
            switch (ecs.FateOf(task.Definition))
            {
                case ImageFate.Crashes:
                    Stop("EssentialContainerExited", "Essential container in task exited", 1);
                    break;
                case ImageFate.IsForAnotherPlatform:
                    Stop(
                        "EssentialContainerExited",
                        "Essential container in task exited",
                        255,
                        "exec /app: exec format error"
                    );
                    break;
                case ImageFate.RunsOutOfMemory:
                    Stop(
                        "EssentialContainerExited",
                        "OutOfMemoryError: Container killed due to memory usage",
                        137,
                        "OutOfMemoryError: Container killed due to memory usage"
                    );
                    break;
                case ImageFate.IsUnhealthy:
                    task.IsUnhealthy = true;
                    Stop("ServiceSchedulerInitiated", "Task failed container health checks", null);
                    break;
            }

            void Stop(string code, string reason, int? exitCode, string? container = null)
            {
                task.Stop(ecs.Now, code, reason, exitCode, container);
                Deployment.Failed++;
            }
        }
    }

    /// <summary>Checks the alarms and the circuit breaker.</summary>
    private void Watch()
    {
        if (!Deployment.IsUnderWay || Deployment.RollbackAt is not null)
        {
            return;
        }

        var alarms = service.Alarms.Where(ecs.Alarms.Contains).ToList();
        if (alarms.Count > 0)
        {
            Deployment.TriggeredAlarms.AddRange(alarms);
            TakeBack("Service deployment rolled back because of triggered CloudWatch alarms.", rollsBack: true);
        }
        else if (service.HasBreaker && Deployment.Failed >= service.BreakerThreshold)
        {
            Deployment.Breaker = "TRIGGERED";
            TakeBack(
                "Service deployment rolled back because the circuit breaker threshold was exceeded.",
                service.RollsBack
            );
        }
    }

    private void TakeBack(string reason, bool rollsBack)
    {
        service.Events.Add(
            (
                ecs.Now,
                $"(service {service.Name}) (deployment {Deployment.Id}) deployment failed: tasks failed to start."
            )
        );
        if (!rollsBack || Deployment.Source is null)
        {
            Deployment.Status = "STOPPED";
            Deployment.StatusReason = reason;
            Deployment.FinishedAt = ecs.Now;
            return;
        }

        ecs.RollBack(service, reason);
    }

    /// <summary>
    /// Starts missing tasks and stops surplus ones. Blue/green keeps the old tasks until its cleanup.
    /// </summary>
    private void Scale()
    {
        var wanted = Deployment.Wanted;
        var live = service.Tasks.Where(task => !task.IsStopped).ToList();
        var ours = live.Where(task => task.Definition == wanted.Definition && task.StartedBy == IdOf(wanted)).ToList();
        var others = live.Except(ours).ToList();
        var failedForGood = !Deployment.IsUnderWay && Deployment.Status == "STOPPED";
        for (var i = ours.Count; i < service.Desired && !failedForGood; i++)
        {
            service.Tasks.Add(
                ecs.NewTask(ClusterName, wanted.Definition, $"service:{service.Name}", IdOf(wanted), wanted.Digests)
            );
        }

        foreach (var task in ours.OrderBy(task => task.IsRunning).Take(Math.Max(0, ours.Count - service.Desired)))
        {
            task.Stop(
                ecs.Now,
                "ServiceSchedulerInitiated",
                $"Scaling activity initiated by deployment {Deployment.Id}"
            );
        }

        var running = ours.Count(task => task.IsRunning);
        var keepsOld =
            service.Strategy != "ROLLING"
            && Deployment is { IsUnderWay: true, RollbackAt: null, Stage: not "CLEAN_UP" };
        // A rolling deployment replaces tasks one by one: minimumHealthyPercent 100, maximumPercent 200 (API,
        // DeploymentConfiguration).
        foreach (
            var task in keepsOld || failedForGood
                ? []
                : others.Take(Math.Max(0, running + others.Count - service.Desired))
        )
        {
            task.Stop(
                ecs.Now,
                "ServiceSchedulerInitiated",
                $"Scaling activity initiated by deployment {Deployment.Id}"
            );
        }
    }

    /// <summary>Finishes a deployment whose tasks run and whose stages are over.</summary>
    private void Finish()
    {
        if (!Deployment.IsUnderWay)
        {
            return;
        }

        var wanted = Deployment.Wanted;
        var live = service.Tasks.Where(task => !task.IsStopped).ToList();
        var isUp = live.Count(task => task.IsRunning && task.StartedBy == IdOf(wanted)) == service.Desired;
        if (service.Strategy != "ROLLING" && Deployment.RollbackAt is null && !IsThroughStages(isUp))
        {
            return;
        }

        if (!isUp || live.Count != service.Desired || IsWithinFirstMoments())
        {
            return;
        }

        Deployment.FinishedAt = ecs.Now;
        Deployment.Breaker = Deployment.Breaker == "MONITORING" ? "MONITORING_COMPLETE" : Deployment.Breaker;
        Deployment.Status = Deployment.RollbackAt is null ? "SUCCESSFUL" : "ROLLBACK_SUCCESSFUL";
        service.Events.Add((ecs.Now, $"(service {service.Name}) has reached a steady state."));
    }

    /// <summary>
    /// A task that has just started may still fail, so steady means running for a while (assumed: two steps).
    /// </summary>
    private bool IsWithinFirstMoments() =>
        service.Desired > 0
        && service.Tasks.Where(task => task.IsRunning).Any(task => ecs.Now - task.StartedAt < 2 * TestEcs.Step);

    private bool IsThroughStages(bool isUp)
    {
        var stage = Array.IndexOf(Stages, Deployment.Stage);
        var needed = Deployment.Stage == "BAKE_TIME" ? service.BakeTime : StageTime;
        if (stage < Stages.Length - 1 && isUp && ecs.Now - Deployment.StageSince >= needed)
        {
            Deployment.Stage = Stages[stage + 1];
            Deployment.StageSince = ecs.Now;
        }

        return Deployment.Stage == "CLEAN_UP";
    }

    /// <summary>
    /// The id of the deployment that started a revision's tasks. A rollback keeps those of the source that still run.
    /// </summary>
    private string IdOf(EcsRevision revision) => service.Deployments.Last(each => each.Target == revision).Id;
}
