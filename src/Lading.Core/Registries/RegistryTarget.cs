using Lading.Configuration;

namespace Lading.Registries;

/// <summary>A registry to open: that of an environment, or one with only a host.</summary>
internal sealed record RegistryTarget
{
    private RegistryTarget() { }

    /// <summary>The environment of the registry; null for a host.</summary>
    public EnvironmentDefinition? Environment { get; private init; }

    /// <summary>Its host; null for the embedded registry and for ECR by account and region.</summary>
    public string? Host { get; private init; }

    /// <summary>The AWS profile for ECR; null for the default credentials.</summary>
    public string? Profile { get; private init; }

    /// <summary>Whether plain HTTP is used although the host is not loopback.</summary>
    public bool IsInsecure { get; private init; }

    /// <summary>Equal for targets that can share one registry object.</summary>
    public (string? Environment, string? Registry) Key =>
        Host is null ? (Environment!.Name, Environment.RegistryAccount) : (null, Host);

    public static RegistryTarget Of(EnvironmentDefinition environment) =>
        new()
        {
            Environment = environment,
            Host = environment.IsEmbedded || environment.RegistryAccount is not null ? null : environment.Registry,
            Profile = environment.Profile,
            IsInsecure = environment.Insecure,
        };

    public static RegistryTarget Of(string host, string? profile, bool isInsecure) =>
        new()
        {
            Host = host,
            Profile = profile,
            IsInsecure = isInsecure,
        };
}
