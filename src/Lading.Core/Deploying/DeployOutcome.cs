using Lading.Checking;
using Lading.Configuration;

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

    public bool IsDeployed => State == DeployState.Deployed;
}
