using Lading.Rollbacks;
using Lading.Running;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>
/// The result of a rollback: what runs now, how long the rollback took, and how to stay on that release.
/// </summary>
internal static class RollbackOutcomeScreen
{
    public static void Show(Terminal terminal, RollbackOutcome outcome)
    {
        var table = new TextTable();
        foreach (var container in outcome.Containers)
        {
            table.Add(
                Markup.Escape($"{container.Service} {container.Container}"),
                container.Desired is { } desired ? $"{container.Tasks}/{desired}" : "",
                Markup.Escape(Runs(container))
            );
        }

        terminal.ResultTable(table);
        var plan = outcome.Plan;
        terminal.ResultMarkup(
            outcome.State switch
            {
                RollbackState.Back => $"  [green]Back on #{plan.Target.Version}[/] after {Amount.OfTime(outcome.Took)}",
                RollbackState.Undone => Markup.Escape(
                    $"  CloudFormation rolled back to what ran before, #{plan.Current.Version}, after {Amount.OfTime(outcome.Took)}: {Sentences.Of(Reason(outcome), ReadBack(outcome))}"
                ),
                RollbackState.NotRunning => Markup.Escape(
                    $"  The stack is on #{plan.Target.Version}, and that does not run after {Amount.OfTime(outcome.Took)}. {Sentences.Of(Reason(outcome), Remedy(outcome))}"
                ),
                _ => Markup.Escape(
                    $"  {plan.Stack.Name} is {outcome.Status} after {Amount.OfTime(outcome.Took)}: {Sentences.Of(Reason(outcome), ReadBack(outcome))} See aws cloudformation describe-stack-events --stack-name {plan.Stack.Name}{plan.CliOptions}, then: aws cloudformation continue-update-rollback --stack-name {plan.Stack.Name}{plan.CliOptions}"
                ),
            }
        );
        if (outcome.State is RollbackState.Back or RollbackState.NotRunning)
        {
            ShowHowToStay(terminal, plan);
        }
    }

    private static string Runs(ContainerVerdict container) =>
        container.State switch
        {
            RunningState.Running when container.Pinned is { } digest => $"runs {Identifiers.Short(digest)}",
            RunningState.Stopped => "no task is wanted",
            _ => container.Reason.Length > 0 ? container.Reason : "does not run",
        };

    private static void ShowHowToStay(Terminal terminal, RollbackPlan plan)
    {
        if (plan.UndoesRollback)
        {
            terminal.ResultMarkup("  What was rolled back from runs again: lading check and deploy let it pass.");
            return;
        }

        var names = plan.Swaps.Select(swap => swap.Image).Distinct(StringComparer.Ordinal).ToList();
        var (reverted, pinned) = RollbackFollowUp.Of(plan.History.Releases, plan.Current, plan.Target, names);
        var commits = reverted.Select(ShortCommit.Of).ToList();
        var pins = pinned
            .Select(each => $"lading pin {each.Image}@{ShortCommit.Of(each.Revision)} --reason \"rolled back\"")
            .ToList();
        var ways = new List<string>();
        if (commits.Count > 0)
        {
            ways.Add($"git revert {string.Join(' ', commits)}");
        }

        if (pins.Count > 0)
        {
            ways.Add(string.Join(" && ", pins));
        }

        var now = names
            .Select(name => plan.Current.Revisions.GetValueOrDefault(name))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(ShortCommit.Of)
            .ToList();
        var what = now.Count > 0 ? string.Join(", ", now) : $"#{plan.Current.Version}";
        terminal.ResultMarkup(
            Markup.Escape(
                $"  The next deployment from HEAD would bring {what} back.{(ways.Count > 0 ? $" To stay: {string.Join(", or ", ways)}" : " Put it right in the repository first.")}"
            )
        );
    }

    private static string Reason(RollbackOutcome outcome) =>
        outcome.Reason.Length > 0 ? outcome.Reason : "CloudFormation does not say why";

    private static string ReadBack(RollbackOutcome outcome) =>
        outcome.IsAsBefore ? "Read back, it names the images of before."
        : outcome.Unread.Length > 0
            ? $"It could not be read back ({outcome.Unread}): lading status {outcome.Plan.Selector} shows what runs."
        : $"Read back, it does not name the images of before: lading status {outcome.Plan.Selector} shows what runs.";

    private static string Remedy(RollbackOutcome outcome) =>
        outcome.Remedy.Length > 0 ? outcome.Remedy : $"lading status {outcome.Plan.Selector} shows more.";
}
