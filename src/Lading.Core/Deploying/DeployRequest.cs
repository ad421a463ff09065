using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>What is to be deployed, and how.</summary>
/// <param name="Publication">The images.</param>
/// <param name="Stacks">What the user named; empty for all of the environment's.</param>
/// <param name="Cdk">What the user says to cdk.</param>
/// <param name="IsDry">Whether nothing is to be changed anywhere.</param>
internal sealed record DeployRequest(
    PublishRequest Publication,
    IReadOnlyList<string> Stacks,
    CdkOptions Cdk,
    bool IsDry
)
{
    /// <summary>Whether images are deployed that a stack was rolled back from.</summary>
    public bool Redeploys { get; init; }
}
