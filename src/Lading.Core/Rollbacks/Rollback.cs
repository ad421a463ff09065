using System.Globalization;
using Lading.Configuration;
using Lading.Running;
using Lading.Running.Verifying;

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
        await ShownStack.EnsureAsync(updates, plan.Stack, cancellationToken).ConfigureAwait(false);
        var changes = await PrepareAsync(plan, request, cancellationToken).ConfigureAwait(false);
        progress.Executing(changes);
        var following = new StackFollowing(updates, time);
        await following.BeginAsync(plan.Stack.Id, cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        try
        {
            await updates.ExecuteAsync(changes.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException)
        {
            await DeleteAsync(changes.Id).ConfigureAwait(false);
            throw;
        }

        progress.Begun();
        var stack = await following.FollowAsync(plan.Stack, progress.Happened, cancellationToken).ConfigureAwait(false);
        var hasDone = stack.Status is "UPDATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";
        var verified = hasDone
            ? await VerifyAsync(environment, plan, request, cancellationToken).ConfigureAwait(false)
            : null;
        var evidence = await gathering
            .ReadAsync(environment, each => each == plan.Stack.Name, [], cancellationToken)
            .ConfigureAwait(false);
        var after = evidence.Failure is { } failure ? throw failure : new StackAfterwards(plan, evidence, verified);
        var state =
            !hasDone ? (stack.IsRolledBack ? RollbackState.Undone : RollbackState.Failed)
            : after.Problem.Length == 0 ? RollbackState.Back
            : RollbackState.NotRunning;
        return new RollbackOutcome(
            plan,
            state,
            after.Containers,
            hasDone ? after.Problem : stack.StatusReason,
            stack.Status,
            time.GetElapsedTime(started)
        )
        {
            Remedy = hasDone ? after.Remedy : "",
            IsAsBefore = !hasDone && after.IsAsBefore,
        };
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
        foreach (var upload in plan.Tree!.Uploads)
        {
            progress.Uploading(upload.Key, plan.Bootstrap!.Bucket);
            await updates.Templates.WriteAsync(upload, cancellationToken).ConfigureAwait(false);
        }

        progress.Preparing(name);
        var id = await updates
            .CreateAsync(
                new ChangeSetRequest(
                    plan.Stack,
                    name,
                    $"lading rollback to #{plan.Target.Version}",
                    plan.Tree.Text,
                    plan.Tree.Address
                ),
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

            RequireWanted(plan, changes, request);
            isKept = true;
            return changes;
        }
        finally
        {
            if (!isKept)
            {
                await DeleteAsync(id).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What keeps a change set from being executed is not hidden by what keeps it from being deleted.</summary>
    private async Task DeleteAsync(string changeSet)
    {
        try
        {
            await updates.DeleteAsync(changeSet, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LadingException e)
        {
            progress.Left(changeSet, e.CameBack);
        }
    }

    private void RequireWanted(RollbackPlan plan, ChangeSet changes, RollbackRequest request)
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

        var reasons = TreeRules.FindUnwanted(changes, plan);
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

    /// <summary>Watches what ECS makes of it.</summary>
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
