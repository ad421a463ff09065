using System.Text.RegularExpressions;
using Lading.Configuration;

namespace Lading.Cdk.Synthesis;

/// <summary>The registry that a template names.</summary>
/// <param name="Host">Written out as it is; null where account and region say it, or the stack's own do.</param>
/// <param name="Account">Of the ECR registry; null for the stack's own, or where the registry is not ECR.</param>
/// <param name="Region">As <paramref name="Account"/>.</param>
internal sealed partial record ImagePlace(string? Host, string? Account, string? Region)
{
    /// <summary>The ECR registry of whatever account and region the stack is deployed to.</summary>
    public static ImagePlace OfStack { get; } = new(null, null, null);

    /// <summary>True for ECR, where the execution role needs permission to pull.</summary>
    public bool IsEcr => Host is null || Account is not null;

    /// <summary>The place of an environment's images; null for none and for the embedded registry, which no template can name.</summary>
    public static ImagePlace Of(EnvironmentDefinition? environment)
    {
        if (environment is null || environment.IsEmbedded)
        {
            return OfStack;
        }

        if (environment.Registry is not { } registry)
        {
            return environment.Account is null
                ? OfStack
                : new ImagePlace(null, environment.Account, environment.Region);
        }

        if (registry.Length == 12 && registry.All(char.IsAsciiDigit))
        {
            return new ImagePlace(null, registry, environment.Region);
        }

        return EcrHost().Match(registry) is { Success: true } host
            ? new ImagePlace(registry, host.Groups["account"].Value, host.Groups["region"].Value)
            : new ImagePlace(registry, null, null);
    }

    // The forms of ECR's addresses: every partition, FIPS, and dual-stack.
    [GeneratedRegex(
        @"^(?<account>[0-9]{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:[a-z0-9-]+\.)+[a-z]+\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex EcrHost();
}
