using Lading.Configuration;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Rollbacks;

/// <summary>
/// Rolls a stack back: creates a change set with the earlier images, verifies it, executes it, follows it to the end
/// and reads the result.
/// </summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="updates">Updates stacks.</param>
/// <param name="progress">Receives each step.</param>
/// <param name="time">The clock.</param>
internal sealed class Rollback(
    IEnvironmentGathering gathering,
    IStackUpdates updates,
    IRollbackProgress progress,
    TimeProvider time
)
{
    /// <summary>Carries out a plan.</summary>
    /// <param name="environment">The environment of the plan.</param>
    /// <param name="plan">The plan, without obstacles.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops watching; the operation in CloudFormation continues.</param>
    /// <exception cref="LadingException">The change set could not be created, or would do more than was shown: nothing was changed.</exception>
    public async Task<RollbackOutcome> RunAsync(
        EnvironmentDefinition environment,
        RollbackPlan plan,
        RollbackRequest request,
        CancellationToken cancellationToken
    )
    {
        await ConfirmedStack.EnsureAsync(updates, plan.Stack, cancellationToken).ConfigureAwait(false);
        plan = await KeepingCountsAsync(environment, plan, cancellationToken).ConfigureAwait(false);
        var watcher = new StackWatcher(updates, time);
        await watcher.BeginAsync(plan.Stack.Id, cancellationToken).ConfigureAwait(false);
        var preparation = new ChangeSetPreparation(updates, progress, time);
        var changes = await preparation.RunAsync(plan, request, cancellationToken).ConfigureAwait(false);
        progress.Executing(changes);
        var started = time.GetTimestamp();
        await ExecuteAsync(plan, changes, preparation, cancellationToken).ConfigureAwait(false);
        progress.Begun();
        StackEvent? firstFailure = null;
        var stack = await watcher
            .FollowAsync(
                plan.Stack,
                stackEvent =>
                {
                    firstFailure ??= stackEvent.Status.EndsWith("_FAILED", StringComparison.Ordinal)
                        ? stackEvent
                        : null;
                    progress.Happened(stackEvent);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        progress.Ended(stack);
        var isComplete = stack.Status is "UPDATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";
        var verified = isComplete
            ? await VerifyAsync(environment, plan, request, cancellationToken).ConfigureAwait(false)
            : null;
        var evidence = await gathering
            .ReadAsync(environment, each => each == plan.Stack.Name, [], cancellationToken)
            .ConfigureAwait(false);
        var after = evidence.Failure is { } failure ? throw failure : new RolledBackStack(plan, evidence, verified);
        var state =
            !isComplete ? (stack.IsRolledBack ? RollbackState.Undone : RollbackState.Failed)
            : after.Problem.Length == 0 ? RollbackState.Back
            : RollbackState.NotRunning;
        return new RollbackOutcome(
            plan,
            state,
            after.Containers,
            isComplete ? after.Problem : ReasonOf(firstFailure, stack),
            stack.Status,
            time.GetElapsedTime(started)
        )
        {
            Remedy = isComplete ? after.Remedy : "",
            Unread = after.Unread,
            IsAsBefore = !isComplete && after.IsAsBefore,
        };
    }

    /// <summary>
    /// Updates the task counts in a plan, since autoscaling may have changed them while the user was asked. Counts that
    /// cannot be read stay as shown.
    /// </summary>
    private async Task<RollbackPlan> KeepingCountsAsync(
        EnvironmentDefinition environment,
        RollbackPlan plan,
        CancellationToken cancellationToken
    )
    {
        if (!plan.KeepsCounts)
        {
            return plan;
        }

        var evidence = await gathering
            .ReadDeploymentAsync(environment, each => each == plan.Stack.Name, null, cancellationToken)
            .ConfigureAwait(false);
        var isUnread =
            evidence.Failure is not null
            || evidence.Unread.Any(fact => fact.IsOfStacks || fact.Source.Action == "ecs:DescribeServices");
        if (isUnread)
        {
            return plan;
        }

        var counts = ChangedTaskCounts.Of(
            Workloads.Of(evidence),
            plan.Swaps,
            new EvidenceIndex(evidence),
            plan.Templates
        );
        if (counts.SequenceEqual(plan.Counts))
        {
            return plan;
        }

        foreach (var count in counts.Except(plan.Counts))
        {
            progress.Scaled(count);
        }

        return plan.With(counts);
    }

    /// <summary>Why CloudFormation rolled an update back: its first failure, which causes all others.</summary>
    private static string ReasonOf(StackEvent? firstFailure, StackEvidence stack) =>
        firstFailure is { Reason.Length: > 0 }
            ? $"{firstFailure.LogicalId}: {firstFailure.Reason}"
            : stack.StatusReason;

    /// <summary>Starts the execution. A change set that was not started is deleted; if that is unknown, the error says so.</summary>
    private async Task ExecuteAsync(
        RollbackPlan plan,
        ChangeSet changes,
        ChangeSetPreparation preparation,
        CancellationToken cancellationToken
    )
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Not cancellable: the user must learn whether the execution has started.
            await updates.ExecuteAsync(changes.Id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await preparation.DeleteAsync(changes.Id).ConfigureAwait(false);
            throw;
        }
        catch (LadingException e)
        {
            // The response to a successful call may be lost; a retry is then refused.
            switch (await updates.HasBegunAsync(changes.Id, CancellationToken.None).ConfigureAwait(false))
            {
                case true:
                    return;
                case null:
                    throw new LadingException(
                        e.Attempted,
                        $"{e.CameBack}; and whether it has begun all the same could not be read",
                        $"lading status --watch {plan.Selector} shows whether the stack is being updated. Run this again if it is not.",
                        innerException: e
                    );
                case false:
                    await preparation.DeleteAsync(changes.Id).ConfigureAwait(false);
                    throw;
            }
        }
    }

    /// <summary>Watches the deployments in ECS.</summary>
    private Task<VerificationReport> VerifyAsync(
        EnvironmentDefinition environment,
        RollbackPlan plan,
        RollbackRequest request,
        CancellationToken cancellationToken
    ) =>
        new Verification(
            gathering,
            environment,
            new VerifiedStacks([plan.Stack.Name], new StackScope(environment, null)),
            progress.Verifying(),
            time
        ).RunAsync(request.Patience, cancellationToken);
}
