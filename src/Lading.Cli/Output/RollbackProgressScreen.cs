using Lading.Configuration;
using Lading.Rollbacks;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The progress of a rollback, a line for each event.</summary>
/// <param name="terminal">The output.</param>
/// <param name="environment">The stack's environment.</param>
internal sealed class RollbackProgressScreen(Terminal terminal, EnvironmentDefinition environment) : IRollbackProgress
{
    /// <summary>Whether the operation in CloudFormation has started.</summary>
    private bool hasBegun;

    /// <summary>The stack's status at the end of the update; null until then.</summary>
    private string? status;

    /// <summary>Whether the update has completed. The services are watched then.</summary>
    private bool isDone;

    public void Uploading(string key, string bucket) =>
        terminal.Narrate($"  writing template {key[..Math.Min(12, key.Length)]}… to {bucket}");

    public void Preparing(string changeSet) => terminal.Narrate($"  creating change set {changeSet}");

    public void Executing(ChangeSet changeSet)
    {
        terminal.Narrate($"  it updates {string.Join(", ", PathsOf(changeSet, ""))}, and nothing else");
    }

    public void Scaled(TaskCount count) =>
        terminal.Narrate(
            $"  {count.Service} runs {count.Running} tasks by now, and keeps them; its template says {count.Template}"
        );

    public void Begun() => hasBegun = true;

    public void Ended(StackEvidence stack) => status = stack.Status;

    public void Left(string changeSet, string problem) =>
        terminal.Warn($"the change set is left, and does nothing by itself: {changeSet} ({problem})");

    private static IEnumerable<string> PathsOf(ChangeSet set, string path) =>
        set
            .Changes.Select(change => $"{path}{change.LogicalId}")
            .Concat(set.Nested.SelectMany(nested => PathsOf(nested.Value, $"{path}{nested.Key}/")));

    public void Cancelling()
    {
        terminal.Narrate("  cancelling the update");
        hasBegun = true;
    }

    public void Stopping(string service, string? problem) =>
        terminal.Narrate(
            problem is null
                ? $"  stopping the deployment of {service}: ECS rolls back at once"
                : $"  the deployment of {service} goes back with the stack ({problem})"
        );

    public void Happened(StackEvent stackEvent) =>
        terminal.NarrateMarkup(
            Markup.Escape(
                $"  {UtcText.Clock(stackEvent.At)}  {stackEvent.LogicalId}  {stackEvent.Status}{(stackEvent.Reason.Length > 0 ? $"  {stackEvent.Reason}" : "")}"
            )
        );

    public IVerificationProgress Verifying()
    {
        terminal.Narrate("  CloudFormation is done; watching the services");
        isDone = true;
        return new VerifyScreen(terminal, environment.Name, $"lading verify {environment.Selector}");
    }

    public void Forced(IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons)
        {
            terminal.Warn($"{reason} (--force)");
        }
    }

    public void Unwatched(string stack)
    {
        if (!hasBegun)
        {
            return;
        }

        terminal.Narrate(
            isDone
                ? $"No longer watching. CloudFormation has updated {stack}; whether that runs is not known: lading verify {stack} {environment.Selector} shows it."
            : status is not null
                ? $"No longer watching. {stack} is {status}; whether it names the images of before is not known: lading status {environment.Selector} shows it."
            : $"No longer watching. CloudFormation continues with {stack}: lading status --watch {environment.Selector} shows how far it is."
        );
    }
}
