using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Leases;
using Lading.Rollbacks;
using Lading.Running.Evidence;

namespace Lading.Cli.Commands;

/// <summary><c>lading rollback</c>: deploys the images of an earlier release in the deployed template.</summary>
internal static class RollbackCommand
{
    private const int DoesNotHold = 3;
    private const int Cancelled = 130;

    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "rollback",
            "Goes back to a release that ran well: deploys the stack's own template with that release's images, once they are proven to be there, and follows it to its end. Asks before it changes anything."
        );
        var options = new RollbackOptions();
        options.AddTo(command);
        context.OnRun(command, (invocation, cancellationToken) => RunAsync(invocation, options, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        RollbackOptions options,
        CancellationToken cancellationToken
    )
    {
        var isDry = invocation.Value(options.IsDry);
        var isAsked = !isDry && !invocation.Value(options.IsAgreed);
        if (isAsked && !invocation.Host.InIsTerminal)
        {
            throw LadingException.Usage(
                "Could not ask whether to go back",
                "standard input is not a terminal",
                "Add --yes, or --dry-run to see what would be done."
            );
        }

        var (project, environment) = await options.ReadPlaceAsync(invocation, cancellationToken).ConfigureAwait(false);
        var request = options.Read(invocation, project);
        using var gathering = invocation.OpenGathering();
        using var opened = invocation.OpenStackUpdates(environment);
        var updates = opened.Updates;
        using var registries = invocation.OpenRegistries(project, profile: environment.Profile);
        var planning = new RollbackPlanning(gathering, updates, registries, opened.Pulls, project);
        var evidence = await planning.ReadAsync(environment, request.Stack, cancellationToken).ConfigureAwait(false);
        if (StackReadiness.CanBeCancelled(evidence.Stack) && request is { To: null, Image: null } && !isDry)
        {
            var who = await FindStarterAsync(invocation, environment, evidence.Stack, cancellationToken)
                .ConfigureAwait(false);
            CancellationScreen.Show(invocation.AsPart().Terminal, evidence, who);
            return await CancelAsync(
                    invocation,
                    (environment, evidence),
                    progress => new Cancellation(
                        gathering,
                        updates.Through(Bootstrap.Find(evidence.Stack)),
                        progress,
                        invocation.Host.Time
                    ),
                    isAsked,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        var plan = await planning.MakeAsync(evidence, request, cancellationToken).ConfigureAwait(false);
        if (isDry || plan.Obstacles.Count > 0)
        {
            Show(invocation, plan, isDry);
            return plan.Obstacles.Count > 0 ? DoesNotHold : 0;
        }

        RollbackScreen.Show(invocation.AsPart().Terminal, plan);
        if (isAsked && !invocation.Terminal.Confirm($"Deploy this to {environment.Name}?"))
        {
            return Declined(invocation);
        }

        using var store = invocation.OpenLeases(environment);
        var lease = await invocation
            .OpenLeasing(store)
            .TakeAsync(
                $"Could not go back in {plan.Stack.Name}",
                [plan.Stack.Name],
                "lading rollback",
                invocation.Value(options.IsSteal),
                cancellationToken
            )
            .ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            foreach (
                var failure in await MarkedTargets
                    .KeepAsync(plan, registries, invocation.Host.Time, cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                invocation.Terminal.Warn(failure);
            }

            await ProvenTargets.EnsureAsync(plan, registries, cancellationToken).ConfigureAwait(false);
            return await WatchAsync(
                    invocation,
                    (environment.Name, plan.Stack.Name),
                    async progress =>
                        Show(
                            invocation,
                            await new Rollback(
                                gathering,
                                updates.Through(plan.Bootstrap),
                                progress,
                                invocation.Host.Time
                            )
                                .RunAsync(environment, plan, request, cancellationToken)
                                .ConfigureAwait(false)
                        )
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>An update in progress is not a release yet: it can be cancelled, and there is nothing to choose.</summary>
    private static async Task<int> CancelAsync(
        Invocation invocation,
        (EnvironmentDefinition Environment, RollbackEvidence Evidence) read,
        Func<IRollbackProgress, Cancellation> cancel,
        bool isAsked,
        CancellationToken cancellationToken
    )
    {
        var (environment, evidence) = read;
        if (isAsked && !invocation.Terminal.Confirm("Cancel that update?"))
        {
            return Declined(invocation);
        }

        return await WatchAsync(
                invocation,
                (evidence.History.Environment, evidence.Stack.Name),
                async progress =>
                {
                    var stack = await cancel(progress)
                        .RunAsync(environment, evidence, cancellationToken)
                        .ConfigureAwait(false);
                    if (invocation.Json)
                    {
                        invocation.Terminal.Result(RollbackDocument.Of(evidence, stack));
                    }
                    else
                    {
                        CancellationScreen.Show(invocation.Terminal, evidence, stack);
                    }

                    return stack.IsRolledBack ? 0 : (int)FailureKind.Failed;
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>Who is working on a stack, by their lease or by CloudTrail. Null if unknown.</summary>
    private static async Task<string?> FindStarterAsync(
        Invocation invocation,
        EnvironmentDefinition environment,
        StackEvidence stack,
        CancellationToken cancellationToken
    )
    {
        using var store = invocation.OpenLeases(environment);
        try
        {
            var stored = await store.FindAsync(stack.Name, null, cancellationToken).ConfigureAwait(false);
            return LeaseRules.FindOther(stored, "", invocation.Host.Time.GetUtcNow())?.Holder
                ?? await store.FindStarterAsync(stack, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException)
        {
            return null;
        }
    }

    private static int Declined(Invocation invocation)
    {
        invocation.Terminal.Narrate("cancelled: nothing was changed");
        return Cancelled;
    }

    /// <summary>Watches an operation of CloudFormation, which continues if the watching ends, and says so then.</summary>
    private static async Task<int> WatchAsync(
        Invocation invocation,
        (string Environment, string Name) stack,
        Func<RollbackProgressScreen, Task<int>> act
    )
    {
        var progress = new RollbackProgressScreen(invocation.Terminal, stack.Environment);
        try
        {
            return await act(progress).ConfigureAwait(false);
        }
        catch (Exception e) when (progress.HasBegun && e is OperationCanceledException or LadingException)
        {
            invocation.Terminal.Narrate(
                progress.IsDone
                    ? $"No longer watching. CloudFormation has updated {stack.Name}; whether that runs is not known: lading verify shows it."
                : progress.Status is { } status
                    ? $"No longer watching. {stack.Name} is {status}; whether it names the images of before is not known: lading status shows it."
                : $"No longer watching. CloudFormation goes on with {stack.Name}: lading status --watch shows how far it is."
            );
            throw;
        }
    }

    private static void Show(Invocation invocation, RollbackPlan plan, bool isDry)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(RollbackDocument.Of(plan, isDry && plan.Obstacles.Count == 0));
            return;
        }

        RollbackScreen.Show(invocation.Terminal, plan);
        RollbackScreen.ShowObstacles(invocation.Terminal, plan);
    }

    private static int Show(Invocation invocation, RollbackOutcome outcome)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(RollbackDocument.Of(outcome));
        }
        else
        {
            RollbackOutcomeScreen.Show(invocation.Terminal, outcome);
        }

        return outcome.State switch
        {
            RollbackState.Back => 0,
            RollbackState.NotRunning => DoesNotHold,
            _ => (int)FailureKind.Failed,
        };
    }
}
