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

    /// <summary>How long to watch what ECS makes of it; null for not at all.</summary>
    public TimeSpan? VerifyFor { get; init; }

    /// <summary>Whether leases of others are taken over.</summary>
    public bool IsSteal { get; init; }

    /// <summary>Whether cdk may get lines between its own: not where it draws a bar.</summary>
    /// <param name="host">What cdk runs in.</param>
    public bool IsTold(CdkHost host) => !host.HasTerminal || Cdk.Progress is null or "events";

    /// <summary>The option by which nothing is watched; null if that is for another reason, or it is.</summary>
    public string? UnwatchedBy =>
        VerifyFor is null ? "--no-verify"
        : Cdk.IsHotswap ? "--hotswap"
        : null;

    /// <summary>Whether what runs is compared with what was deployed: not where that is another thing by intention.</summary>
    public bool IsVerified => UnwatchedBy is null && !IsDry && !Cdk.IsPreparing;
}
