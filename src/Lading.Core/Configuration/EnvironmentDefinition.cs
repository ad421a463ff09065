using Lading.Oci;

namespace Lading.Configuration;

/// <summary>An entry of <c>environments</c>: the account, region and registry of a deployment stage.</summary>
internal sealed record EnvironmentDefinition
{
    public const string LocalName = "local";

    private readonly string? selector;

    /// <summary>Lower-case letters, digits and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Twelve digits; null for the embedded registry and for registries that are not ECR.</summary>
    public string? Account { get; init; }

    /// <summary>An AWS region; null if <see cref="Account"/> is.</summary>
    public string? Region { get; init; }

    /// <summary>The AWS profile for the account; null for the default credentials.</summary>
    public string? Profile { get; init; }

    /// <summary>
    /// Null for the account's own ECR; otherwise <c>embedded</c>, the id of an account whose ECR has the images, or a registry's host.
    /// </summary>
    public string? Registry { get; init; }

    /// <summary>Whether to use plain HTTP even though the registry is not on loopback.</summary>
    public bool Insecure { get; init; }

    /// <summary>The environment that this one copies images from by digest; null if it builds its own.</summary>
    public string? PromoteFrom { get; init; }

    /// <summary>Who creates repositories.</summary>
    public RepositoryOwner Repositories { get; init; } = RepositoryOwner.Lading;

    /// <summary>
    /// Its stacks, if it shares account and region with another environment; empty for all stacks in its account and
    /// region.
    /// </summary>
    public IReadOnlyList<StackPattern> Stacks { get; init; } = [];

    /// <summary>How a command line selects it: <c>--env prod</c>, or account and region if it is in no <c>lading.json</c>.</summary>
    public string Selector
    {
        get => selector ?? SelectorOf(Name);
        init => selector = value;
    }

    /// <summary>How a command line selects an environment of <c>lading.json</c>.</summary>
    public static string SelectorOf(string name) => $"--env {name}";

    /// <summary>Whether it comes from options of the command line rather than <c>lading.json</c>.</summary>
    public bool IsAdHoc { get; init; }

    /// <summary>The account whose ECR has the images; null if they are not in ECR.</summary>
    public string? RegistryAccount =>
        Registry is null ? Account
        : AccountId.Is(Registry) ? Registry
        : null;

    /// <summary>The host of its registry in references; null for the embedded one, which has none.</summary>
    public string? RegistryHost =>
        this is { RegistryAccount: { } account, Region: { } region } ? new EcrAddress(account, region).Host
        : IsEmbedded ? null
        : Registry;

    public bool IsEmbedded => string.Equals(Registry, "embedded", StringComparison.Ordinal);

    /// <summary>The same environment in another account and region, for stacks that are deployed there.</summary>
    public EnvironmentDefinition At(string? account, string? region) =>
        account is not null && account == Account && region == Region
            ? this
            : this with
            {
                Account = account,
                Region = region,
                Selector = SelectorOf(account, region, Profile),
            };

    /// <summary>The options that select an account and region without an environment.</summary>
    public static string SelectorOf(string? account, string? region, string? profile)
    {
        var options = new List<string>();
        if (account is not null)
        {
            options.Add($"--account {ShellArgument.Of(account)}");
        }

        if (profile is not null)
        {
            options.Add($"--profile {ShellArgument.Of(profile)}");
        }

        if (options.Count == 0)
        {
            options.Add("--account ID");
        }

        if (region is not null)
        {
            options.Add($"--region {ShellArgument.Of(region)}");
        }

        return string.Join(' ', options);
    }
}

/// <summary>Who creates an environment's repositories.</summary>
internal enum RepositoryOwner
{
    /// <summary><c>lading publish</c> creates missing ones.</summary>
    Lading,

    /// <summary>A stack with <c>ImageRepository</c> constructs creates them before the first publish.</summary>
    Cdk,
}
