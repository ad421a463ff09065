using Lading.Checking;
using Lading.Configuration;
using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>The outcome of a deployment.</summary>
/// <param name="Environment">Where it went.</param>
/// <param name="State">How it ended.</param>
/// <param name="Stacks">The stacks, as cdk names them.</param>
/// <param name="Images">What was published, or would be.</param>
/// <param name="Report">What the check found; nothing was deployed where it does not hold.</param>
internal sealed record DeployOutcome(
    EnvironmentDefinition Environment,
    DeployState State,
    IReadOnlyList<string> Stacks,
    DeployedImages Images,
    CheckReport Report
)
{
    /// <summary>Why it failed; null if it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>What ECS made of it; null if that was not watched, or there are no services.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>The option that had services deployed without being watched; null if they were, or there are none.</summary>
    public string? UnwatchedBy { get; init; }

    /// <summary>Whether CloudFormation has done all of it.</summary>
    public bool IsDeployed => State is DeployState.Deployed or DeployState.NotRunning;

    /// <summary>Whether every check passed: that of the images before, and that of the services after.</summary>
    public bool Holds => Report.Holds && State != DeployState.Undone && Verification?.Holds != false;
}
