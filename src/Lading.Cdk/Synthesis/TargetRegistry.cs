using Lading.Configuration;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>The registry in a template.</summary>
/// <param name="Host">The literal host; null if it follows from account and region, or from the stack's own.</param>
/// <param name="Account">The account of the ECR registry; null for the stack's own, or if the registry is not ECR.</param>
/// <param name="Region">The region, like <paramref name="Account"/>.</param>
internal sealed record TargetRegistry(string? Host, string? Account, string? Region)
{
    /// <summary>The ECR registry of whichever account and region the stack is deployed to.</summary>
    public static TargetRegistry OfStack { get; } = new(null, null, null);

    /// <summary>The host in templates; null for the ECR of whichever account and region the stack is deployed to.</summary>
    public string? WrittenHost =>
        Host ?? (Account is not null && Region is not null ? new EcrAddress(Account, Region).Host : null);

    /// <summary>True for ECR, for which the execution role needs permission to pull.</summary>
    public bool IsEcr => Host is null || Account is not null;

    /// <summary>The registry of an environment's images; null for none and for the embedded registry, which templates cannot refer to.</summary>
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
