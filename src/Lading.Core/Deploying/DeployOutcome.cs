using Lading.Checking;
using Lading.Configuration;

namespace Lading.Deploying;

/// <summary>What a deployment came to.</summary>
/// <param name="Environment">Where it went.</param>
/// <param name="Stacks">The stacks, as cdk names them.</param>
/// <param name="Images">What was published, or would be.</param>
/// <param name="Report">What the check found; nothing was deployed where it does not hold.</param>
internal sealed record DeployOutcome(
    EnvironmentDefinition Environment,
    IReadOnlyList<string> Stacks,
    DeployedImages Images,
    CheckReport Report
);
