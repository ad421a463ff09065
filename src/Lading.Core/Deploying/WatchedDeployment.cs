using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>
/// Runs cdk while leases keep others from updating the stacks, and watches the deployments in ECS, meanwhile and
/// afterwards, in all their accounts and regions.
/// </summary>
/// <param name="accounts">The accounts of the deployment.</param>
/// <param name="environment">The environment to deploy to.</param>
/// <param name="selected">All stacks that cdk deploys.</param>
/// <param name="request">What to deploy.</param>
/// <param name="isTold">Whether to report events while cdk runs.</param>
/// <param name="progress">Receives each step.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchedDeployment(
    DeployAccounts accounts,
    EnvironmentDefinition environment,
    IReadOnlyList<SynthesizedStack> selected,
    DeployRequest request,
    bool isTold,
    IDeployProgress progress,
    TimeProvider time
)
{
    private readonly IReadOnlyList<DeployRegion> regions = DeployRegion.Of(environment, selected);

    /// <summary>Deploys.</summary>
    /// <param name="deploy">Runs cdk.</param>
    /// <param name="cancellationToken">Stops cdk, or the watching after it; the operation in CloudFormation continues.</param>
    /// <returns>The deployments in ECS; null if watching is off, or there are no services.</returns>
    /// <exception cref="LadingException">Somebody else updates a stack; cdk failed; or the running state could not be read at all.</exception>
    /// <exception cref="StackUndoneException">cdk failed, and CloudFormation rolled back.</exception>
    public async Task<VerificationReport?> RunAsync(
        Func<CancellationToken, Task> deploy,
        CancellationToken cancellationToken
    )
    {
        var state = new RegionGathering(accounts.Gathering, regions, time);
        var found = await state.ReadPatientlyAsync(cancellationToken).ConfigureAwait(false);
        var watched = request.IsVerified ? regions.Where(region => region.HasServices).ToList() : [];
        var verification =
            watched.Count > 0
                ? new Verification(
                    accounts.Gathering,
                    [.. watched.Select(region => region.Watched)],
                    progress.BeginWatching(environment, watched),
                    time
                )
                : null;
        PreviousStacks before;
        LadingException? failed = null;
        var leases = new RegionLeases(accounts, $"Could not deploy to {environment.Name}");
        await using (leases.ConfigureAwait(false))
        {
            foreach (var region in regions)
            {
                await leases.TakeAsync(region, request.IsSteal, cancellationToken).ConfigureAwait(false);
            }

            foreach (var (region, evidence) in regions.Zip(found))
            {
                await leases.RefuseBusyAsync(region, evidence.Stacks, cancellationToken).ConfigureAwait(false);
            }

            Warn(found);
            before = new PreviousStacks([.. found.SelectMany(each => each.Stacks)], time.GetUtcNow());
            try
            {
                await DeployWatchedAsync(isTold ? verification : null, deploy, cancellationToken).ConfigureAwait(false);
            }
            catch (LadingException failure) when (verification is not null)
            {
                failed = failure;
            }
        }

        // The leases have been released by now: cdk has finished.
        if (failed is not null)
        {
            throw await FindUndoneAsync(verification!, state, before, failed, cancellationToken).ConfigureAwait(false)
                ?? (Exception)failed;
        }

        return verification is null
            ? null
            : await VerifyAsync(verification, watched, before, cancellationToken).ConfigureAwait(false);
    }

    private async Task<VerificationReport> VerifyAsync(
        Verification verification,
        IReadOnlyList<DeployRegion> watched,
        PreviousStacks before,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await verification
                .RunAsync(request.VerifyFor!.Value, before, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LadingException unread)
        {
            throw new LadingException(
                $"CloudFormation is done in {environment.Name}, but whether everything runs could not be read",
                unread.CameBack,
                $"{unread.Remedy} Then look again: {string.Join("; ", watched.Select(region => region.VerifyCommand))}. With --no-verify nothing is watched.".TrimStart(),
                FailureKind.CheckFailed
            );
        }
    }

    private void Warn(IReadOnlyList<EnvironmentEvidence> found)
    {
        var counts = regions.Zip(found).SelectMany(each => TaskCountResets.Of(each.First.Stacks, each.Second)).ToList();
        if (counts.Count > 0)
        {
            progress.Resetting(counts);
        }
    }

    /// <summary>Watches the services while cdk runs, whatever the result of either.</summary>
    private static async Task DeployWatchedAsync(
        Verification? verification,
        Func<CancellationToken, Task> deploy,
        CancellationToken cancellationToken
    )
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = verification?.AccompanyAsync(watching.Token) ?? Task.CompletedTask;
        try
        {
            await deploy(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await watching.CancelAsync().ConfigureAwait(false);
            // Only cdk's result matters here: what was watched meanwhile is read again.
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The state of the services, if CloudFormation rolled back what cdk started; null if nothing was started.</summary>
    private async Task<StackUndoneException?> FindUndoneAsync(
        Verification verification,
        RegionGathering state,
        PreviousStacks before,
        LadingException failure,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var now = await state.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (now.SelectMany(each => each.Stacks).All(before.Has))
            {
                return null;
            }

            var report = await verification
                .RunAsync(request.VerifyFor!.Value, before, cancellationToken)
                .ConfigureAwait(false);
            return report.Stacks.Count == 0 ? null : new StackUndoneException(failure, report);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // cdk's failure is the one to report.
            return null;
        }
    }
}
