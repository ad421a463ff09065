using Lading.Configuration;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>The registry that a template names.</summary>
/// <param name="Host">Written out as it is; null if account and region say it, or the stack's own do.</param>
/// <param name="Account">Of the ECR registry; null for the stack's own, or where the registry is not ECR.</param>
/// <param name="Region">As <paramref name="Account"/>.</param>
internal sealed record TargetRegistry(string? Host, string? Account, string? Region)
{
    /// <summary>The ECR registry of whatever account and region the stack is deployed to.</summary>
    public static TargetRegistry OfStack { get; } = new(null, null, null);

    /// <summary>The host that templates name; null for the ECR of whatever account and region the stack is deployed to.</summary>
    public string? WrittenHost =>
        Host ?? (Account is not null && Region is not null ? new EcrAddress(Account, Region).Host : null);

    /// <summary>True for ECR, where the execution role needs permission to pull.</summary>
    public bool IsEcr => Host is null || Account is not null;

    /// <summary>The registry of an environment's images; null for none and for the embedded registry, which no template can name.</summary>
    public static TargetRegistry Of(EnvironmentDefinition? environment)
    {
        if (environment is null || environment.IsEmbedded)
        {
            return OfStack;
        }

        if (environment.Registry is not { } registry)
        {
            return environment.Account is null
                ? OfStack
                : new TargetRegistry(null, environment.Account, environment.Region);
        }

        if (AccountId.Is(registry))
        {
            return new TargetRegistry(null, registry, environment.Region);
        }

        return EcrAddress.TryParse(registry, out var host)
            ? new TargetRegistry(registry, host.Account, host.Region)
            : new TargetRegistry(registry, null, null);
    }
}
