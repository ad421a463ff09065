using Lading.Running.Verifying;

namespace Lading.Cli.Output;

/// <summary>The words and signs of deployment outcomes.</summary>
internal static class OutcomeWords
{
    /// <summary>The word in JSON documents: <c>circuit-breaker</c>.</summary>
    public static string Of(ServiceOutcome outcome) =>
        outcome switch
        {
            ServiceOutcome.Deploying => "deploying",
            ServiceOutcome.Verified => "verified",
            ServiceOutcome.CircuitBreaker => "circuit-breaker",
            ServiceOutcome.Alarm => "alarm",
            ServiceOutcome.RolledBack => "rolled-back",
            ServiceOutcome.StackRolledBack => "stack-rolled-back",
            ServiceOutcome.Superseded => "superseded",
            ServiceOutcome.WrongDigest => "wrong-digest",
            ServiceOutcome.UnknownDigest => "unknown-digest",
            ServiceOutcome.Incomplete => "incomplete",
            ServiceOutcome.Missing => "missing",
            ServiceOutcome.Unreadable => "unreadable",
            ServiceOutcome.TimedOut => "timed-out",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    /// <summary>The words in text: <c>rolled back by CloudFormation</c>.</summary>
    public static string TextOf(ServiceOutcome outcome) =>
        outcome switch
        {
            ServiceOutcome.Verified => "as pinned",
            ServiceOutcome.Alarm => "rolled back by an alarm",
            ServiceOutcome.CircuitBreaker => "ended by the circuit breaker",
            ServiceOutcome.StackRolledBack => "rolled back by CloudFormation",
            _ => Of(outcome).Replace('-', ' '),
        };

    /// <summary>The sign of an outcome, in markup.</summary>
    public static string Sign(ServiceOutcome outcome) =>
        outcome switch
        {
            ServiceOutcome.Verified => "[green]●[/]",
            ServiceOutcome.Deploying => "[yellow]◐[/]",
            ServiceOutcome.Unreadable or ServiceOutcome.UnknownDigest => "[yellow]?[/]",
            _ => "[red]✗[/]",
        };
}
