using Lading.Cli.Commands;
using Lading.Configuration;
using Lading.Rollbacks;

namespace Lading.Cli.Output;

/// <summary>Shows what going back would do, asks, and says how it ended.</summary>
/// <param name="invocation">The current run of the verb.</param>
/// <param name="environment">The stack's environment.</param>
/// <param name="asks">Whether anything is asked.</param>
internal sealed class RollbackConsentScreen(Invocation invocation, EnvironmentDefinition environment, bool asks)
    : IRollbackConsent
{
    private readonly Terminal terminal = invocation.Terminal;
    private string stack = "";

    public bool MayCancel(RollbackEvidence evidence, string? who)
    {
        stack = evidence.Stack.Name;
        CancellationScreen.Show(invocation.AsPart().Terminal, evidence, who);
        return Agrees("Cancel that update?");
    }

    public bool MayDeploy(RollbackPlan plan)
    {
        stack = plan.Stack.Name;
        RollbackScreen.Show(invocation.AsPart().Terminal, plan);
        return Agrees($"Deploy this to {environment.Name}?");
    }

    public void Unkept(string problem) => terminal.Warn(problem);

    /// <summary>Watches an operation of CloudFormation, which continues if the watching ends, and says so then.</summary>
    public async Task<RollbackResult> WatchAsync(Func<IRollbackProgress, Task<RollbackResult>> run)
    {
        var progress = new RollbackProgressScreen(terminal, environment.Name);
        try
        {
            return await run(progress).ConfigureAwait(false);
        }
        catch (Exception e) when (progress.HasBegun && e is OperationCanceledException or LadingException)
        {
            terminal.Narrate(
                progress.IsDone
                    ? $"No longer watching. CloudFormation has updated {stack}; whether that runs is not known: lading verify {stack} {environment.Selector} shows it."
                : progress.Status is { } status
                    ? $"No longer watching. {stack} is {status}; whether it names the images of before is not known: lading status {environment.Selector} shows it."
                : $"No longer watching. CloudFormation goes on with {stack}: lading status --watch {environment.Selector} shows how far it is."
            );
            throw;
        }
    }

    public void Show(RollbackResult result, bool isDry)
    {
        switch (result)
        {
            case RollbackResult.Cancelled cancelled when invocation.Json:
                terminal.Result(RollbackDocument.Of(cancelled.Evidence, cancelled.Stack));
                break;
            case RollbackResult.Cancelled cancelled:
                CancellationScreen.Show(terminal, cancelled.Evidence, cancelled.Stack);
                break;
            case RollbackResult.Deployed deployed when invocation.Json:
                terminal.Result(RollbackDocument.Of(deployed.Outcome));
                break;
            case RollbackResult.Deployed deployed:
                RollbackOutcomeScreen.Show(terminal, deployed.Outcome);
                break;
            case RollbackResult.Planned { Plan: var plan } when invocation.Json:
                terminal.Result(RollbackDocument.Of(plan, isDry && plan.Obstacles.Count == 0));
                break;
            case RollbackResult.Planned { Plan: var plan }:
                RollbackScreen.Show(terminal, plan);
                RollbackScreen.ShowObstacles(terminal, plan);
                if (isDry && plan.Obstacles.Count == 0)
                {
                    terminal.Narrate("  Nothing was changed. The same without --dry-run does it, after a question.");
                }

                break;
            default:
                terminal.Narrate("cancelled: nothing was changed");
                break;
        }
    }

    private bool Agrees(string question) => !asks || terminal.Confirm(question);
}
