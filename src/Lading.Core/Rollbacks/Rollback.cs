using System.Globalization;
using Lading.Configuration;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Goes back: a change set with the images exchanged, looked through, executed, followed to its end, and read back.</summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="updates">Updates stacks.</param>
/// <param name="progress">Is told how far it is.</param>
/// <param name="time">The clock.</param>
internal sealed class Rollback(
    IEnvironmentGathering gathering,
    IStackUpdates updates,
    IRollbackProgress progress,
    TimeProvider time
)
{
    /// <param name="environment">The environment of the plan.</param>
    /// <param name="plan">What is to be done; without obstacles.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="cancellationToken">Ends the watching; what CloudFormation has begun goes on.</param>
    /// <exception cref="LadingException">The change set could not be made, or would do more than was shown: nothing was changed.</exception>
    public async Task<RollbackOutcome> RunAsync(
        EnvironmentDefinition environment,
        RollbackPlan plan,
        RollbackRequest request,
        CancellationToken cancellationToken
    )
    {
        var changes = await PrepareAsync(plan, request, cancellationToken).ConfigureAwait(false);
        progress.Executing(changes);
        var following = new StackFollowing(updates, time);
        await following.BeginAsync(plan.Stack.Id, cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        await updates.ExecuteAsync(changes.Id, cancellationToken).ConfigureAwait(false);
        var stack = await following.FollowAsync(plan.Stack, progress.Happened, cancellationToken).ConfigureAwait(false);
        var hasDone = stack.Status is "UPDATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";
        if (hasDone)
        {
            progress.Verifying();
        }

        var (containers, problem) = hasDone
            ? await VerifyAsync(environment, plan, request, cancellationToken).ConfigureAwait(false)
            : (await ReadBackAsync(environment, plan, cancellationToken).ConfigureAwait(false), "");
        var state =
            hasDone && problem.Length == 0 ? RollbackState.Back
            : hasDone ? RollbackState.NotRunning
            : stack.IsRolledBack ? RollbackState.Undone
            : RollbackState.Failed;
        return new RollbackOutcome(
            plan,
            state,
            containers,
            hasDone ? problem : stack.StatusReason,
            stack.Status,
            time.GetElapsedTime(started)
        );
    }

    /// <summary>A change set that does what was meant and nothing else; one that does not is deleted.</summary>
    private async Task<ChangeSet> PrepareAsync(
        RollbackPlan plan,
        RollbackRequest request,
        CancellationToken cancellationToken
    )
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"lading-rollback-{time.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}"
        );
        progress.Preparing(name);
        var id = await updates
            .CreateAsync(
                new ChangeSetRequest(plan.Stack, name, $"lading rollback to #{plan.Target.Version}", plan.Swap!.Text),
                cancellationToken
            )
            .ConfigureAwait(false);
        var isKept = false;
        try
        {
            var changes = await updates.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
            while (changes.IsPending)
            {
                await Task.Delay(StackFollowing.Pause, time, cancellationToken).ConfigureAwait(false);
                changes = await updates.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
            }

            Judge(plan, changes, request);
            isKept = true;
            return changes;
        }
        finally
        {
            if (!isKept)
            {
                await updates.DeleteAsync(id, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Judge(RollbackPlan plan, ChangeSet changes, RollbackRequest request)
    {
        var attempted = $"Could not go back in {plan.Stack.Name}";
        if (!changes.IsMade)
        {
            throw changes.IsEmpty
                ? new LadingException(
                    attempted,
                    "CloudFormation sees no difference",
                    "The stack names those images already: lading status shows what runs.",
                    FailureKind.CheckFailed
                )
                : new LadingException(
                    attempted,
                    $"CloudFormation could not make the change set: {changes.Reason}",
                    "Nothing was changed."
                );
        }

        var reasons = ChangeRules
            .Judge(changes.Changes, plan.Swap!.Properties)
            .Select(each => $"{each.Change.LogicalId} ({each.Change.Type}): {each.Reason}")
            .Concat(MovingValues.Moved(plan.Template!, plan.Stack.Parameters, changes.Parameters))
            .ToList();
        if (reasons.Count == 0)
        {
            return;
        }

        if (!request.IsForced)
        {
            throw new LadingException(
                attempted,
                $"more than the images would change. {string.Join("; ", reasons)}",
                "Nothing was changed. --force goes on all the same; git revert and lading deploy go back with everything.",
                FailureKind.CheckFailed
            );
        }

        progress.Forced(reasons);
    }

    /// <summary>Looks until every task runs what it is to run, or patience ends.</summary>
    private async Task<(IReadOnlyList<ContainerVerdict> Containers, string Problem)> VerifyAsync(
        EnvironmentDefinition environment,
        RollbackPlan plan,
        RollbackRequest request,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var containers = await ReadBackAsync(environment, plan, cancellationToken).ConfigureAwait(false);
            var problem = RollbackVerification.ProblemOf(plan, containers);
            if (
                problem.Length == 0
                || time.GetElapsedTime(started) > request.Patience
                || !RollbackVerification.MayPass(containers)
            )
            {
                return (containers, problem);
            }

            await Task.Delay(StackFollowing.Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<ContainerVerdict>> ReadBackAsync(
        EnvironmentDefinition environment,
        RollbackPlan plan,
        CancellationToken cancellationToken
    )
    {
        var evidence = await gathering
            .ReadAsync(environment, stack => stack == plan.Stack.Name, [], cancellationToken)
            .ConfigureAwait(false);
        return evidence.Failure is { } failure
            ? throw failure
            : [.. RunningRules.Of(evidence).Containers.Where(each => RollbackVerification.IsOf(plan, each))];
    }
}
