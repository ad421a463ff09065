using Lading.Configuration;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Cancels an update in progress, so that CloudFormation restores the previous deployment.</summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="updates">Updates stacks.</param>
/// <param name="progress">Receives each step.</param>
/// <param name="time">The clock.</param>
internal sealed class Cancellation(
    IEnvironmentGathering gathering,
    IStackUpdates updates,
    IRollbackProgress progress,
    TimeProvider time
)
{
    /// <summary>Cancels the update, and follows the stack until CloudFormation has restored it.</summary>
    /// <param name="environment">The environment of the stack.</param>
    /// <param name="read">The evidence that was shown.</param>
    /// <param name="cancellationToken">Stops watching; the operation in CloudFormation continues.</param>
    /// <returns>The stack at the end. The update may have completed before it could be cancelled.</returns>
    public async Task<StackEvidence> RunAsync(
        EnvironmentDefinition environment,
        RollbackEvidence read,
        CancellationToken cancellationToken
    )
    {
        var stack = read.Stack;
        // Deployments may have begun since the plan was shown. Those that restore the previous state begin below, and must not be
        // stopped.
        var now = await gathering
            .ReadDeploymentAsync(environment, each => each == stack.Name, null, cancellationToken)
            .ConfigureAwait(false);
        await ConfirmedStack.EnsureAsync(updates, stack, cancellationToken).ConfigureAwait(false);
        var watcher = new StackWatcher(updates, time);
        await watcher.BeginAsync(stack.Id, cancellationToken).ConfigureAwait(false);
        progress.Cancelling();
        // If it can no longer be cancelled, the deployments in progress belong to the rollback that CloudFormation
        // started itself.
        if (await updates.CancelAsync(stack.Id, cancellationToken).ConfigureAwait(false))
        {
            foreach (var (service, deployment) in Stoppable(now.Failure is null ? now : read.Now))
            {
                progress.Stopping(
                    service.Name,
                    await updates.StopAsync(deployment, cancellationToken).ConfigureAwait(false)
                );
            }
        }

        return await watcher.FollowAsync(stack, progress.Happened, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The deployments that ECS can roll back itself, sooner than CloudFormation would: those that are pending or in progress and began
    /// from a revision (Amazon ECS API reference, StopServiceDeployment).
    /// </summary>
    public static IReadOnlyList<(ServiceEvidence Service, DeploymentEvidence Deployment)> Stoppable(
        EnvironmentEvidence evidence
    )
    {
        var index = new EvidenceIndex(evidence);
        return
        [
            .. Workloads
                .Of(evidence)
                .Where(workload => workload.Kind == WorkloadKind.Service)
                .Select(workload => index.FindService(workload.PhysicalId))
                .OfType<ServiceEvidence>()
                .DistinctBy(service => service.Arn)
                .SelectMany(service => index.DeploymentsOf(service).Take(1).Select(newest => (service, newest)))
                .Where(each => each.newest is { Status: "PENDING" or "IN_PROGRESS", SourceRevisions.Count: > 0 }),
        ];
    }
}
