using Lading.Configuration;
using Lading.Leases;
using Lading.Registries;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>
/// Rolls a stack back to an earlier release, or cancels the update in progress: reads, plans, asks for consent, takes
/// the lease and acts.
/// </summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="updates">Updates stacks.</param>
/// <param name="registries">The registries of images.</param>
/// <param name="leasing">Takes the lease of the stack.</param>
/// <param name="planning">Plans the rollback.</param>
/// <param name="time">The clock.</param>
internal sealed class RollbackRun(
    IEnvironmentGathering gathering,
    IStackUpdates updates,
    IRegistries registries,
    Leasing leasing,
    RollbackPlanning planning,
    TimeProvider time
)
{
    /// <summary>Carries out a request.</summary>
    /// <param name="environment">The environment of the stack.</param>
    /// <param name="request">The release to roll back to.</param>
    /// <param name="consent">Asks the user.</param>
    /// <param name="progress">Receives each step.</param>
    /// <param name="cancellationToken">Stops watching; the operation in CloudFormation continues.</param>
    /// <exception cref="LadingException">There is no such stack or release, the stack accepts no update now, or
    /// another user holds its lease.</exception>
    public async Task<RollbackResult> RunAsync(
        EnvironmentDefinition environment,
        RollbackRequest request,
        IRollbackConsent consent,
        IRollbackProgress progress,
        CancellationToken cancellationToken
    )
    {
        var evidence = await planning.ReadAsync(environment, request.Stack, cancellationToken).ConfigureAwait(false);
        // An update in progress is not a release yet: it can only be cancelled.
        if (request is { To: null, Image: null, IsDry: false } && StackReadiness.CanBeCancelled(evidence.Stack))
        {
            var who = await leasing.FindHolderAsync(evidence.Stack, cancellationToken).ConfigureAwait(false);
            return consent.MayCancel(evidence, who)
                ? new RollbackResult.Cancelled(
                    evidence,
                    await WatchAsync(
                            evidence.Stack.Name,
                            progress,
                            () =>
                                new Cancellation(
                                    gathering,
                                    updates.Through(Bootstrap.Find(evidence.Stack)),
                                    progress,
                                    time
                                ).RunAsync(environment, evidence, cancellationToken)
                        )
                        .ConfigureAwait(false)
                )
                : new RollbackResult.Declined();
        }

        var plan = await planning.MakeAsync(evidence, request, cancellationToken).ConfigureAwait(false);
        if (request.IsDry || plan.Obstacles.Count > 0)
        {
            return new RollbackResult.Planned(plan);
        }

        if (!consent.MayDeploy(plan))
        {
            return new RollbackResult.Declined();
        }

        var lease = await leasing
            .TakeAsync(
                $"Could not go back in {plan.Stack.Name}",
                [plan.Stack.Name],
                "lading rollback",
                request.IsSteal,
                cancellationToken
            )
            .ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            var unkept = await MarkedRollbackImages
                .KeepAsync(plan, registries, time, cancellationToken)
                .ConfigureAwait(false);
            foreach (var problem in unkept)
            {
                consent.Unkept(problem);
            }

            await ProvenTargets.EnsureAsync(plan, registries, cancellationToken).ConfigureAwait(false);
            return new RollbackResult.Deployed(
                await WatchAsync(
                        plan.Stack.Name,
                        progress,
                        () =>
                            new Rollback(gathering, updates.Through(plan.Bootstrap), progress, time).RunAsync(
                                environment,
                                plan,
                                request,
                                cancellationToken
                            )
                    )
                    .ConfigureAwait(false)
            );
        }
    }

    /// <summary>
    /// Reports at once if watching ends early: releasing the lease may take long if the connection is lost, and a
    /// second signal ends the process.
    /// </summary>
    private static async Task<T> WatchAsync<T>(string stack, IRollbackProgress progress, Func<Task<T>> operation)
    {
        try
        {
            return await operation().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or LadingException)
        {
            progress.Unwatched(stack);
            throw;
        }
    }
}
