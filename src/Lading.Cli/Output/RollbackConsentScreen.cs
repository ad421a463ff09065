using Lading.Cli.Commands;
using Lading.Configuration;
using Lading.Rollbacks;

namespace Lading.Cli.Output;

/// <summary>Shows what a rollback would do, asks for confirmation, and shows the result.</summary>
/// <param name="invocation">The current run of the verb.</param>
/// <param name="environment">The stack's environment.</param>
/// <param name="asks">Whether to ask for confirmation.</param>
internal sealed class RollbackConsentScreen(Invocation invocation, EnvironmentDefinition environment, bool asks)
    : IRollbackConsent
{
    private readonly Terminal terminal = invocation.Terminal;

    public bool MayCancel(RollbackEvidence evidence, string? who)
    {
        CancellationScreen.Show(invocation.AsPart().Terminal, evidence, who);
        return Agrees("Cancel that update?");
    }

    public bool MayDeploy(RollbackPlan plan)
    {
        RollbackScreen.Show(invocation.AsPart().Terminal, plan);
        return Agrees($"Deploy this to {environment.Name}?");
    }

    public void Unkept(string problem) => terminal.Warn(problem);

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
