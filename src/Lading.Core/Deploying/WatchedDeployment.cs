using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Leases;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>Has cdk deploy stacks while nobody else is at them, and watches what ECS makes of it, during and after.</summary>
/// <param name="account">Where they go.</param>
/// <param name="environment">Its environment.</param>
/// <param name="selected">All stacks that cdk deploys.</param>
/// <param name="request">What is asked for.</param>
/// <param name="isTold">Whether what happens is told while cdk is at it.</param>
/// <param name="progress">Is told how far it is.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchedDeployment(
    DeployAccount account,
    EnvironmentDefinition environment,
    IReadOnlyList<SynthesizedStack> selected,
    DeployRequest request,
    bool isTold,
    IDeployProgress progress,
    TimeProvider time
)
{
    private string Attempted => $"Could not deploy to {environment.Name}";

    /// <summary>Deploys.</summary>
    /// <param name="deploy">Has cdk do it.</param>
    /// <param name="cancellationToken">Stops cdk, or the watching after it; what CloudFormation has begun goes on.</param>
    /// <returns>What ECS made of it; null if that was not to be watched, or there are no services.</returns>
    /// <exception cref="LadingException">Somebody else is at a stack; cdk failed; or what runs could not be read at all.</exception>
    /// <exception cref="StackUndoneException">cdk failed, and CloudFormation took it back.</exception>
    public async Task<VerificationReport?> RunAsync(
        Func<CancellationToken, Task> deploy,
        CancellationToken cancellationToken
    )
    {
        var before = await account
            .Gathering.ReadDeploymentAsync(environment, NamesIn(selected).Contains, null, cancellationToken)
            .ConfigureAwait(false);
        // A stack in another region is not seen from here.
        var stacks = selected.Where(each => IsIn(before.Region, each.Environment)).ToList();
        var names = NamesIn(stacks);
        if (names.Count == 0)
        {
            await deploy(cancellationToken).ConfigureAwait(false);
            return null;
        }

        var verification =
            request.IsVerified && stacks.Exists(HasServices)
                ? new Verification(
                    account.Gathering,
                    environment,
                    new VerifiedStacks([.. names], new StackScope(environment, configuration: null)),
                    progress.BeginWatching(environment),
                    time
                )
                : null;
        var leases = await account
            .Leasing.TakeAsync(Attempted, [.. names], "lading deploy", request.IsSteal, cancellationToken)
            .ConfigureAwait(false);
        LadingException? failed = null;
        await using (leases.ConfigureAwait(false))
        {
            await RefuseBusyAsync(before, cancellationToken).ConfigureAwait(false);
            Warn(stacks, before);
            try
            {
                await AlongsideAsync(isTold ? verification : null, deploy, cancellationToken).ConfigureAwait(false);
            }
            catch (LadingException failure) when (verification is not null)
            {
                failed = failure;
            }
        }

        // Looked at when others may be at the stacks again: cdk is done.
        if (failed is not null)
        {
            throw await FindUndoneAsync(verification!, before, failed, cancellationToken).ConfigureAwait(false)
                ?? (Exception)failed;
        }

        if (verification is null)
        {
            return null;
        }

        try
        {
            return await verification
                .RunAsync(request.VerifyFor!.Value, new StacksBefore(before.Stacks), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LadingException unread)
        {
            throw new LadingException(
                $"CloudFormation is done in {environment.Name}, but it could not be seen whether everything runs",
                unread.CameBack,
                $"Look again: lading verify {string.Join(' ', names)} --env {environment.Name}",
                FailureKind.CheckFailed
            );
        }
    }

    private async Task RefuseBusyAsync(EnvironmentEvidence before, CancellationToken cancellationToken)
    {
        if (before.Stacks.FirstOrDefault(each => each.ParentId is null && LeaseRules.IsBusy(each)) is { } busy)
        {
            var who = await account.Leases.FindStarterAsync(busy, cancellationToken).ConfigureAwait(false);
            throw LeaseRules.Busy(Attempted, busy, who, environment.Name);
        }
    }

    private void Warn(IReadOnlyList<SynthesizedStack> stacks, EnvironmentEvidence before)
    {
        var counts = CountResets.Of(stacks, before);
        if (counts.Count > 0)
        {
            progress.Resetting(counts);
        }
    }

    /// <summary>Watches the services for as long as cdk is at it, whatever becomes of either.</summary>
    private static async Task AlongsideAsync(
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
            await watch.ConfigureAwait(false);
        }
    }

    /// <summary>What became of the services, where CloudFormation took back what cdk had begun; null if it had begun nothing.</summary>
    private async Task<StackUndoneException?> FindUndoneAsync(
        Verification verification,
        EnvironmentEvidence before,
        LadingException failure,
        CancellationToken cancellationToken
    )
    {
        var stacksBefore = new StacksBefore(before.Stacks);
        try
        {
            var now = await account
                .Gathering.ReadDeploymentAsync(environment, NamesIn(selected).Contains, null, cancellationToken)
                .ConfigureAwait(false);
            if (before.Failure is not null || now.Failure is not null || now.Stacks.All(stacksBefore.Has))
            {
                return null;
            }

            var report = await verification
                .RunAsync(request.VerifyFor!.Value, before: null, cancellationToken)
                .ConfigureAwait(false);
            return report.Stacks.All(stacksBefore.Has) ? null : new StackUndoneException(failure, report);
        }
        catch (LadingException)
        {
            // cdk's failure is the one to report.
            return null;
        }
    }

    private static bool HasServices(SynthesizedStack stack) =>
        stack.Resources.Any(resource =>
            resource.Value.FindText("Type") == Workloads.Service
            || stack.FindNested(resource.Name, resource.Value) is { } nested && HasServices(nested)
        );

    private static bool IsIn(string region, StackEnvironment place) =>
        place.Region is null || region.Length == 0 || place.Region == region;

    private static HashSet<string> NamesIn(IEnumerable<SynthesizedStack> stacks) =>
        stacks.Select(stack => stack.StackName).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
