using Lading.Checking;
using Lading.Configuration;
using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>The outcome of a deployment.</summary>
/// <param name="Environment">The environment that was deployed to.</param>
/// <param name="State">How it ended.</param>
/// <param name="Stacks">The stacks, by their names in cdk.</param>
/// <param name="Images">The images that were published, or that a dry run would publish.</param>
/// <param name="Report">The result of the check; if it failed, nothing was deployed.</param>
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

    /// <summary>The deployments in ECS; null if they were not watched, or there are no services.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>The option because of which services were not watched; null if they were, or there are none.</summary>
    public string? UnwatchedBy { get; init; }

    /// <summary>Whether CloudFormation completed everything.</summary>
    public bool IsDeployed => State is DeployState.Deployed or DeployState.NotRunning;

    /// <summary>Whether every check passed: of the images before, and of the services after.</summary>
    public bool Holds => Report.Holds && State != DeployState.Undone && Verification?.Holds != false;
}
