using Lading.Running;

namespace Lading.Cli.Output;

/// <summary>The words and signs of states.</summary>
internal static class StateWords
{
    /// <summary>The word in JSON documents: <c>rolled-back</c>.</summary>
    public static string Of(RunningState state) =>
        state switch
        {
            RunningState.Running => "running",
            RunningState.Deploying => "deploying",
            RunningState.RolledBack => "rolled-back",
            RunningState.Hotswapped => "hotswapped",
            RunningState.Drifted => "drifted",
            RunningState.PartlyRunning => "partly-running",
            RunningState.Stopped => "stopped",
            RunningState.NeverDeployed => "never-deployed",
            RunningState.UnknownDigest => "unknown-digest",
            RunningState.Unreadable => "unreadable",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    /// <summary>The words in text: <c>rolled back</c>.</summary>
    public static string TextOf(RunningState state) => Of(state).Replace('-', ' ');

    /// <summary>The sign of a state, in markup.</summary>
    public static string Sign(RunningState state) =>
        state switch
        {
            RunningState.Running => "[green]●[/]",
            RunningState.Deploying => "[yellow]◐[/]",
            RunningState.PartlyRunning => "[yellow]◐[/]",
            RunningState.RolledBack or RunningState.Hotswapped or RunningState.Drifted => "[red]▲[/]",
            RunningState.Stopped or RunningState.NeverDeployed => "○",
            _ => "[yellow]?[/]",
        };
}
