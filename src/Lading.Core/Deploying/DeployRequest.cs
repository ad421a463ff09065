using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>A request to deploy.</summary>
/// <param name="Publication">The images to publish.</param>
/// <param name="Stacks">The stacks that the user named; empty for all of the environment's.</param>
/// <param name="Cdk">The user's options for cdk.</param>
/// <param name="IsDry">Whether to change nothing anywhere.</param>
internal sealed record DeployRequest(
    PublishRequest Publication,
    IReadOnlyList<string> Stacks,
    CdkOptions Cdk,
    bool IsDry
)
{
    /// <summary>Whether to deploy images that a stack was rolled back from.</summary>
    public bool Redeploys { get; init; }

    /// <summary>How long to watch the deployments in ECS; null to not watch them.</summary>
    public TimeSpan? VerifyFor { get; init; }

    /// <summary>Whether to take over the leases of others.</summary>
    public bool IsSteal { get; init; }

    /// <summary>Whether lines may be written between those of cdk: not while it draws a progress bar.</summary>
    /// <param name="host">The environment that cdk runs in.</param>
    public bool IsTold(CdkHost host) => !host.HasTerminal || Cdk.Progress is null or "events";

    /// <summary>The option that turns watching off; null if there is another reason, or watching is on.</summary>
    public string? UnwatchedBy =>
        VerifyFor is null ? "--no-verify"
        : Cdk.IsHotswap ? "--hotswap"
        : null;

    /// <summary>Whether to compare what runs with what was deployed, which makes no sense if they differ on purpose.</summary>
    public bool IsVerified => UnwatchedBy is null && !IsDry && !Cdk.IsPreparing;
}
