using System.Globalization;

namespace Lading.Rollbacks;

/// <summary>Creates and verifies the change set of a rollback.</summary>
internal sealed class ChangeSetPreparation(IStackUpdates updates, IRollbackProgress progress, TimeProvider time)
{
    /// <summary>
    /// Creates a change set, and deletes it if it would change more than was shown, unless the request is forced.
    /// </summary>
    public async Task<ChangeSet> RunAsync(
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
                await Task.Delay(StackWatcher.Pause, time, cancellationToken).ConfigureAwait(false);
                changes = await updates.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
            }

            // Once the change set exists, CloudFormation refuses to execute it if somebody else updates the stack. An
            // update before that would go unnoticed.
            await ConfirmedStack.EnsureAsync(updates, plan.Stack, cancellationToken).ConfigureAwait(false);
            EnsureIntended(plan, changes, request);
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

    /// <summary>
    /// Deletes a change set. An error is only reported: it must not hide why the change set cannot be executed.
    /// </summary>
    public async Task DeleteAsync(string changeSet)
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

    private void EnsureIntended(RollbackPlan plan, ChangeSet changes, RollbackRequest request)
    {
        var attempted = $"Could not go back in {plan.Stack.Name}";
        if (!changes.IsMade)
        {
            throw changes.IsEmpty
                ? new LadingException(
                    attempted,
                    "CloudFormation sees no difference",
                    $"The stack names those images already: lading status {plan.Selector} shows what runs.",
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
}
